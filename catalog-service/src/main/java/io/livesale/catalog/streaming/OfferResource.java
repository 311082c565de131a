package io.livesale.catalog.streaming;

import io.livesale.catalog.Offers;
import io.livesale.catalog.Outbox;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

@Path("/offers/{id}")
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
            summary = "An offer",
            description = "remaining and soldOut are what order-service last told; it alone decides who gets a unit. "
                    + "A closed offer has none remaining; soldOut says whether all were taken.")
    public Uni<OfferView> get(@RestPath UUID id) {
        return offers.require(id)
                .chain(offer -> sessions.require(offer.sessionId()).map(session -> OfferView.of(offer, session)));
    }

    @POST
    @Path("open")
    @RolesAllowed("creator")
    @Operation(summary = "Open for orders", description = "One that is open stays open.")
    @APIResponse(responseCode = "409", description = "CREATOR_NOT_VERIFIED, SESSION_NOT_LIVE or OFFER_CLOSED")
    public Uni<OfferView> open(@RestPath UUID id) {
        return opening.open(id, caller.getSubject()).invoke(outbox::committed);
    }

    @POST
    @Path("close")
    @RolesAllowed("creator")
    @Operation(
            summary = "Close for good",
            description = "What is neither sold nor reserved goes back to the product: at once when the offer never "
                    + "opened, else when the last order before the closing has been decided.")
    public Uni<OfferView> close(@RestPath UUID id) {
        return closing.close(id, caller.getSubject()).invoke(outbox::committed);
    }
}
