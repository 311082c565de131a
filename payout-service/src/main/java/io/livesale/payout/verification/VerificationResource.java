package io.livesale.payout.verification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/ledger/verification")
@RolesAllowed("operator")
@Tag(name = "Ledger")
class VerificationResource {
    /** One statement, hence one snapshot: batches committed meanwhile are in all of its numbers or in none. */
    private static final String VERIFY = """
            SELECT
              (SELECT count(*) FROM ledger_transaction) AS transactions,
              (SELECT count(*) FROM posting) AS postings,
              (SELECT count(DISTINCT transaction_id)
               FROM (SELECT transaction_id
                     FROM posting
                     GROUP BY transaction_id, currency
                     HAVING sum(amount) <> 0) AS unbalanced) AS unbalanced,
              (SELECT count(*)
               FROM (SELECT account, currency, sum(amount) AS balance
                     FROM posting
                     GROUP BY account, currency) AS posted
               FULL JOIN account_balance AS cached USING (account, currency)
               WHERE coalesce(posted.balance, 0) <> coalesce(cached.balance, 0)) AS drifted_balances
            """;

    private final Pool pool;

    VerificationResource(Pool pool) {
        this.pool = pool;
    }

    record Verification(
            long transactions,
            long postings,

            @Schema(description = "Transactions whose postings do not sum to zero: none, ever.", examples = "0")
            long unbalanced,

            @Schema(description = "Cached balances that differ from their postings: none, ever.", examples = "0")
            long driftedBalances) {}

    @GET
    @Operation(
            summary = "Verify the ledger",
            description = "Recomputes every transaction and every balance from the postings.")
    public Uni<Verification> verify() {
        return pool.query(VERIFY)
                .execute()
                .map(rows -> verification(rows.iterator().next()));
    }

    private static Verification verification(Row row) {
        return new Verification(
                row.getLong("transactions"),
                row.getLong("postings"),
                row.getLong("unbalanced"),
                row.getLong("drifted_balances"));
    }
}
