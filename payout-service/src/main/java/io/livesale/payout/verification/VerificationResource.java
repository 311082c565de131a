package io.livesale.payout.verification;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/ledger/verification")
@RolesAllowed("operator")
@Tag(name = "Ledger")
class VerificationResource {
    private final LedgerWatch ledger;

    VerificationResource(LedgerWatch ledger) {
        this.ledger = ledger;
    }

    @GET
    @Operation(
            summary = "Verify the ledger",
            description =
                    "Recomputes every transaction and every balance from the postings, and compares sales, refunds"
                            + " and payouts with what was posted of them. Reads the whole ledger: some seconds for a million"
                            + " orders.")
    public Uni<Verification> verify() {
        return ledger.verify();
    }
}
