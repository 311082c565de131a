package io.livesale.payout.paying;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Payout;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * What has become of things around a held payout while it was held.
 *
 * @param accountVersion of the payee's account of today
 * @param available of the payee's, in minor units of the payout's currency; below zero when more was refunded since
 * @param contradicted whether the provider told otherwise of this or another of the payee's payouts, and nobody has found
 *     out yet
 * @param toldPaid whether it told that this one was paid
 */
record Circumstances(int accountVersion, long available, boolean contradicted, boolean toldPaid) {
    private static final String AROUND = """
            SELECT
              contradiction_open AND contradiction = 'PAID' AS told_paid,
              EXISTS (
                SELECT FROM payout AS other
                WHERE other.user_id = payout.user_id AND other.contradiction_open) AS contradicted,
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
        return new Circumstances(
                row.getInteger("account_version"),
                row.getLong("available"),
                row.getBoolean("contradicted"),
                row.getBoolean("told_paid"));
    }

    void allowRelease(Payout payout) {
        if (contradicted) {
            throw Problem.PAYOUT_CONTRADICTED.because(
                    "The provider told otherwise of one of the payee's payouts. Find out, and resolve that first.");
        }
        if (!Integer.valueOf(accountVersion).equals(payout.accountVersion())) {
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
        if (toldPaid) {
            throw Problem.PAYOUT_CONTRADICTED.because(
                    "The provider says that it was paid. Find out, and resolve it first.");
        }
    }
}
