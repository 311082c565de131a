package io.livesale.payout.recovering;

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
    private final JsonWebToken caller;

    RecoveryResource(Recovering recovering, JsonWebToken caller) {
        this.recovering = recovering;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Look for payouts that are missing",
            description =
                    "Reads all that payouts.v1 has told, and holds it against the database: after a restore, what"
                            + " was paid since the backup is not known any more. Changes nothing. Seconds for a million events.")
    @APIResponse(responseCode = "200", description = "What is missing")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: the broker or the database is not there")
    public Recovery look() {
        return recovering.look();
    }

    @POST
    @Operation(
            summary = "Book the payouts that are missing",
            description = "As they were told: with their postings, so that nobody is paid for the same money again."
                    + " Nothing else is changed, however often this is asked for. Stop settlements and sending before.")
    @APIResponse(responseCode = "200", description = "What was missing, and whether it is booked now")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: the broker or the database is not there")
    public Recovery book() {
        return recovering.book(caller.getSubject());
    }
}
