package io.livesale.payout.paying;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What has become of things around a held payout while it was held.
 *
 * @param accountVersion of the payee's account of today
 * @param available of the payee's, in minor units of the payout's currency; below zero when more was refunded since
 * @param told what the provider said of it, if that is still to be found out
 */
record Circumstances(
        int accountVersion, long available, @Nullable Status told) {
    private static final String AROUND = """
            SELECT
              CASE WHEN contradiction_open THEN contradiction END AS told,
              (SELECT max(version) FROM payout_account WHERE user_id = payout.user_id) AS account_version,
              coalesce(
                (SELECT balance FROM account_balance WHERE account = $2 AND currency = payout.currency), 0) AS available
            FROM payout
            WHERE id = $1
            """;

    static Uni<Circumstances> of(SqlConnection connection, Payout payout) {
        String account = new Party(payout.userId(), Stage.AVAILABLE).accountName();
        return connection
                .preparedQuery(AROUND)
                .execute(Tuple.of(payout.payoutId(), account))
                .map(rows -> of(rows.iterator().next()));
    }

    private static Circumstances of(Row row) {
        String told = row.getString("told");
        return new Circumstances(
                row.getInteger("account_version"),
                row.getLong("available"),
                told == null ? null : Status.valueOf(told));
    }

    /** The provider, once asked, tells how it ended: whatever else has changed, no money moves twice. */
    void allowRelease(Payout payout) {
        if (told == Status.PAID) {
            return;
        }
        if (payout.accountVersion() != accountVersion) {
            throw Problem.PAYOUT_ACCOUNT_CHANGED.because(
                    "The payee has given another account since. Cancel it, and the next settlement pays to that one.");
        }
        if (available < 0) {
            throw Problem.PAYEE_OWES.because(
                    "More was refunded since than the payee has available. Cancel it, and the next settlement pays what"
                            + " is left.");
        }
    }

    void allowCancellation() {
        if (told == Status.PAID) {
            throw Problem.PAYOUT_CONTRADICTED.because(
                    "The provider says that it was paid. Release it, and the provider is asked how it ended.");
        }
    }
}
