package io.livesale.catalog.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import io.livesale.catalog.Choice;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Outbox;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Session;
import io.livesale.catalog.SessionView;
import io.livesale.catalog.Text;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/sessions")
@Tag(name = "Sessions")
class SessionResource {
    private final SessionRunning running;
    private final OfferMaking making;
    private final Outbox outbox;
    private final JsonWebToken caller;

    SessionResource(SessionRunning running, OfferMaking making, Outbox outbox, JsonWebToken caller) {
        this.running = running;
        this.making = making;
        this.outbox = outbox;
        this.caller = caller;
    }

    record SessionBody(
            @NotBlank @Text(max = 200) @Nullable String title,
            @Nullable Instant startsAt,

            @Pattern(regexp = "https?://[^\\s\\x00\\p{Cs}]{1,2000}", message = "must be an http or https URL") @Nullable
            String streamUrl) {}

    /** @param offerId an offer's id, or null to unpin; a forgotten one is neither */
    record PinBody(
            @NotNull(message = "must be an offer's id, or null to unpin") @Schema(implementation = UUID.class, nullable = true)
            @Nullable JsonNode offerId) {
        @Nullable UUID pinned() {
            if (offerId == null || offerId.isNull()) {
                return null;
            }
            try {
                return UUID.fromString(offerId.asText());
            } catch (IllegalArgumentException e) {
                throw new InvalidField("offerId", "must be an offer's id, or null to unpin");
            }
        }
    }

    @POST
    @RolesAllowed("creator")
    @ResponseStatus(201)
    @Operation(
            summary = "Schedule a session",
            description = "Any creator may; its offers open once the session is live and the creator is verified.")
    @APIResponse(responseCode = "201", description = "The scheduled session")
    public Uni<SessionView> schedule(@NotNull @Valid SessionBody body) {
        return running.schedule(caller.getSubject(), body.title(), body.streamUrl(), body.startsAt());
    }

    @GET
    @PermitAll
    @Operation(
            summary = "Sessions, newest first",
            description = "Of one status, of one creator, with ?q= in the title. LIVE ones come with their offers and "
                    + "therefore few to a page, whatever limit asks for; the others without.")
    public Uni<Page<SessionView>> list(
            @RestQuery @Parameter(schema = @Schema(implementation = Session.Status.class)) @Nullable String status,
            @RestQuery @Text(max = 200) @Nullable String creatorId,
            @RestQuery @Text(max = 100) @Nullable String q,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        PageRequest<UUID> page = PageRequest.byUuid(limit, cursor);
        Session.Status wanted = Choice.of(Session.Status.class, "status", status);
        return wanted == Session.Status.LIVE
                ? running.live(creatorId, q, page)
                : running.list(wanted, creatorId, q, page);
    }

    @GET
    @Path("{id}")
    @PermitAll
    @Operation(summary = "A session with its offers")
    public Uni<SessionView> get(@RestPath UUID id) {
        return running.view(id);
    }

    @POST
    @Path("{id}/start")
    @RolesAllowed("creator")
    @Operation(summary = "Go live", description = "A session that is live stays live.")
    @APIResponse(responseCode = "200", description = "The live session")
    @APIResponse(responseCode = "409", description = "SESSION_ENDED")
    public Uni<SessionView> start(@RestPath UUID id) {
        return running.start(id, caller.getSubject());
    }

    @POST
    @Path("{id}/end")
    @RolesAllowed("creator")
    @Operation(summary = "End for good", description = "Closes its offers. A session that has ended stays ended.")
    public Uni<SessionView> end(@RestPath UUID id) {
        return running.end(id, caller.getSubject()).invoke(outbox::committed);
    }

    @PUT
    @Path("{id}/pin")
    @RolesAllowed("creator")
    @Operation(
            summary = "Show one offer large",
            description = "null unpins. Closing an offer or ending the session unpins too.")
    @APIResponse(responseCode = "200", description = "The session with its pin")
    @APIResponse(responseCode = "404", description = "The offer is not of this session")
    @APIResponse(responseCode = "409", description = "OFFER_CLOSED")
    public Uni<SessionView> pin(@RestPath UUID id, @NotNull @Valid PinBody body) {
        return running.pin(id, caller.getSubject(), body.pinned());
    }

    @POST
    @Path("{id}/offers")
    @RolesAllowed("creator")
    @ResponseStatus(201)
    @Operation(
            summary = "Put a product or a gift on offer",
            description = "A product's units are allotted at once; its commission and settlement profile are frozen.")
    @APIResponse(responseCode = "201", description = "The scheduled offer")
    @APIResponse(responseCode = "409", description = "INSUFFICIENT_STOCK, SESSION_ENDED or TOO_MANY_OFFERS")
    public Uni<OfferView> offer(@RestPath UUID id, @NotNull @Valid OfferBody body) {
        return making.make(id, caller.getSubject(), body.toNewOffer());
    }
}
