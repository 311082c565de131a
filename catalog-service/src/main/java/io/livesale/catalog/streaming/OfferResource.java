package io.livesale.catalog.streaming;

import io.livesale.catalog.Choice;
import io.livesale.catalog.CountyCode;
import io.livesale.catalog.Offer;
import io.livesale.catalog.OfferFilter;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Outbox;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Sessions;
import io.livesale.catalog.Text;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/offers")
@Tag(name = "Offers")
class OfferResource {
    private final Offers offers;
    private final Sessions sessions;
    private final OfferOpening opening;
    private final OfferClosing closing;
    private final Outbox outbox;
    private final JsonWebToken caller;

    OfferResource(
            Offers offers,
            Sessions sessions,
            OfferOpening opening,
            OfferClosing closing,
            Outbox outbox,
            JsonWebToken caller) {
        this.offers = offers;
        this.sessions = sessions;
        this.opening = opening;
        this.closing = closing;
        this.outbox = outbox;
        this.caller = caller;
    }

    @GET
    @PermitAll
    @WithSession
    @Operation(
            summary = "Offers, newest first",
            description = "Of any status, county, seller and creator, or of those asked for; ?q= is part of the title. "
                    + "Gifts have neither county nor seller.")
    public Uni<Page<OfferView>> list(
            @RestQuery @Parameter(schema = @Schema(implementation = Offer.Status.class)) @Nullable String status,
            @RestQuery @Pattern(regexp = CountyCode.FORM, message = CountyCode.MESSAGE) @Nullable String county,
            @RestQuery @Text(max = 200) @Nullable String sellerId,
            @RestQuery @Text(max = 200) @Nullable String creatorId,
            @RestQuery @Text(max = 100) @Nullable String q,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        PageRequest<UUID> page = PageRequest.byUuid(limit, cursor);
        OfferFilter wanted =
                new OfferFilter(Choice.of(Offer.Status.class, "status", status), county, sellerId, creatorId, q);
        return offers.list(wanted, page)
                .chain(rows -> sessions.of(rows)
                        .map(held ->
                                Page.of(page, rows, Offer::id, row -> OfferView.of(row, held.get(row.sessionId())))));
    }

    @GET
    @Path("{id}")
    @PermitAll
    @WithSession
    @Operation(
            summary = "An offer",
            description = "remaining and soldOut are what order-service last told; it alone decides who gets a unit. "
                    + "A closed offer has none remaining; soldOut says whether all were taken.")
    public Uni<OfferView> get(@RestPath UUID id) {
        return offers.require(id)
                .chain(offer -> sessions.require(offer.sessionId()).map(session -> OfferView.of(offer, session)));
    }

    @POST
    @Path("{id}/open")
    @RolesAllowed("creator")
    @Operation(summary = "Open for orders", description = "One that is open stays open.")
    @APIResponse(responseCode = "200", description = "The open offer")
    @APIResponse(responseCode = "409", description = "CREATOR_NOT_VERIFIED, SESSION_NOT_LIVE or OFFER_CLOSED")
    public Uni<OfferView> open(@RestPath UUID id) {
        return opening.open(id, caller.getSubject()).invoke(outbox::committed);
    }

    @POST
    @Path("{id}/close")
    @RolesAllowed("creator")
    @Operation(
            summary = "Close for good",
            description = "What is neither sold nor reserved goes back to the product: at once when the offer never "
                    + "opened, else when the last order before the closing has been decided.")
    public Uni<OfferView> close(@RestPath UUID id) {
        return closing.close(id, caller.getSubject()).invoke(outbox::committed);
    }
}
