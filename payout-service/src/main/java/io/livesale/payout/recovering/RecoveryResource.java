package io.livesale.payout.recovering;

import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /payouts/recovery}: for operators, after a restore. */
@Path("/payouts/recovery")
@RolesAllowed("operator")
@Blocking
@Tag(name = "Payouts")
class RecoveryResource {
    private final Recovering recovering;
    private final PayoutSettings settings;
    private final JsonWebToken caller;

    RecoveryResource(Recovering recovering, PayoutSettings settings, JsonWebToken caller) {
        this.recovering = recovering;
        this.settings = settings;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Look for payouts that are missing",
            description = "Reads all that payouts.v1 has told, and holds it against the database: after a restore, what"
                    + " was paid since the backup is not known any more. Changes nothing.")
    @APIResponse(responseCode = "200", description = "What is missing")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: the broker or the database is not there")
    public Recovery look() {
        return recovering.look();
    }

    @POST
    @Operation(
            summary = "Book the payouts that are missing",
            description = "As they were told: with their postings, so that nobody is paid for the same money again."
                    + " Nothing else is changed, however often this is asked for. One that was not sent yet is held. Only"
                    + " while payout.paying is off, or the same money might leave meanwhile.")
    @APIResponse(responseCode = "200", description = "What was missing, and whether it is booked now")
    @APIResponse(responseCode = "409", description = "STILL_PAYING: settlements and sending are not off")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: the broker or the database is not there")
    public Recovery book() {
        if (settings.paying()) {
            throw Problem.STILL_PAYING.because("Set PAYOUT_PAYING=false on all replicas first.");
        }
        return recovering.book(caller.getSubject());
    }
}
