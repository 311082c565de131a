package io.livesale.payout.paying;

import io.livesale.payout.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /payouts/{id}}: one payout, for its payee and operators, and what operators do with it. */
@Path("/payouts/{payoutId}")
@Tag(name = "Payouts")
class PayoutResource {
    private final PayoutLookup lookup;
    private final PayoutReviews reviews;
    private final JsonWebToken caller;

    PayoutResource(PayoutLookup lookup, PayoutReviews reviews, JsonWebToken caller) {
        this.lookup = lookup;
        this.reviews = reviews;
        this.caller = caller;
    }

    /** The payee sees it. */
    @Schema(name = "ReviewReason")
    record Reason(
            @NotBlank @Size(max = 300) @Printable @Schema(description = "Shown to the payee.")
            String reason) {}

    @Schema(name = "Finding")
    record Finding(
            @NotNull @Schema(description = "Whether the provider has really paid it.")
            Boolean paid,

            @NotBlank @Size(max = 300) @Printable
            @Schema(description = "Shown to the payee where it was not paid after all.")
            String reason) {}

    @GET
    @RolesAllowed({"creator", "seller", "operator"})
    @Operation(summary = "Look at a payout", description = "With its timeline.")
    @APIResponse(responseCode = "200", description = "The payout")
    @APIResponse(responseCode = "404", description = "NOT_FOUND, also when it is somebody else's")
    public Uni<PayoutView> get(@PathParam("payoutId") UUID payoutId) {
        return lookup.require(payoutId, PayoutListResource.owner(caller));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON) // Unsaid, a body of one text is read from plain text, too.
    @Path("/hold")
    @RolesAllowed("operator")
    @Operation(summary = "Hold a payout", description = "One that was not sent yet, or is held for another reason.")
    @APIResponse(responseCode = "200", description = "The payout, held")
    @APIResponse(responseCode = "409", description = "PAYOUT_NOT_HOLDABLE: it was sent, or cancelled")
    public Uni<PayoutView> hold(@PathParam("payoutId") UUID payoutId, @NotNull @Valid Reason body) {
        return reviews.hold(payoutId, body.reason(), caller.getSubject()).chain(() -> look(payoutId));
    }

    @POST
    @Path("/release")
    @RolesAllowed("operator")
    @Operation(summary = "Let a held payout go", description = "It is sent after the usual pause.")
    @APIResponse(responseCode = "200", description = "The payout, pending")
    @APIResponse(
            responseCode = "409",
            description = "PAYOUT_NOT_HELD; PAYOUT_ACCOUNT_CHANGED: the payee has given another account since;"
                    + " PAYEE_OWES: more was refunded since than the payee has available; PAYOUT_CONTRADICTED: the"
                    + " provider told otherwise of one of the payee's payouts")
    public Uni<PayoutView> release(@PathParam("payoutId") UUID payoutId) {
        return reviews.release(payoutId, caller.getSubject()).chain(() -> look(payoutId));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("/cancel")
    @RolesAllowed("operator")
    @Operation(
            summary = "Take a held payout back",
            description = "Its money is available again, and the next settlement makes a new payout of it.")
    @APIResponse(responseCode = "200", description = "The payout, cancelled")
    @APIResponse(
            responseCode = "409",
            description = "PAYOUT_NOT_HELD; PAYOUT_CONTRADICTED: the provider says that it was paid")
    public Uni<PayoutView> cancel(@PathParam("payoutId") UUID payoutId, @NotNull @Valid Reason body) {
        return reviews.cancel(payoutId, body.reason(), caller.getSubject()).chain(() -> look(payoutId));
    }

    @POST
    @Path("/resolve")
    @RolesAllowed("operator")
    @Operation(
            summary = "Say what was found out",
            description =
                    "Of a payout of which the provider told otherwise than is known here. It is PAID then, or FAILED"
                            + " if it was known as PAID, and its money is where it belongs; the payee may owe it.")
    @APIResponse(
            responseCode = "200",
            description = "The payout, no longer contradicted; one that was not stays as it is")
    public Uni<PayoutView> resolve(@PathParam("payoutId") UUID payoutId, @NotNull @Valid Finding body) {
        return reviews.resolve(payoutId, body.paid(), body.reason(), caller.getSubject())
                .chain(() -> look(payoutId));
    }

    private Uni<PayoutView> look(UUID payoutId) {
        return lookup.require(payoutId, Optional.empty());
    }
}
