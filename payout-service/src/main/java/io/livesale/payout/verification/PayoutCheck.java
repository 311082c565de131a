package io.livesale.payout.verification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;

/** Compares payouts with the accounts their money is on, and what left with what was free to leave. */
@Singleton
class PayoutCheck {
    /** While a payout is on its way, held included, its amount is in transit; then it is paid, or back. */
    private static final String WRONG = """
            SELECT count(*) AS wrong
            FROM (
              SELECT
                'party:' || user_id || CASE status WHEN 'PAID' THEN ':paid' ELSE ':in-transit' END AS account,
                currency, sum(amount) AS amount
              FROM payout
              WHERE status IN ('PENDING', 'HELD', 'IN_TRANSIT', 'PAID')
              GROUP BY 1, 2) AS told
            FULL JOIN (
              SELECT account, currency, balance
              FROM account_balance
              WHERE account LIKE 'party:%:in-transit' OR account LIKE 'party:%:paid') AS posted USING (account, currency)
            WHERE coalesce(told.amount, 0) <> coalesce(posted.balance, 0)
            """;

    /**
     * What is available is what was released, less what refunds took back from it and what was paid out. So more was paid
     * out than released where it is below zero by more than such refunds account for, and nowhere else.
     */
    private static final String OVERPAID = """
            SELECT count(*) AS overpaid
            FROM account_balance AS available
            WHERE account LIKE 'party:%:available' AND balance < 0
              AND balance < (
                SELECT coalesce(sum(amount), 0)
                FROM posting
                JOIN ledger_transaction ON ledger_transaction.id = transaction_id
                WHERE account = available.account AND account LIKE 'party:%' AND currency = available.currency
                  AND kind = 'REFUND')
            """;

    Uni<Void> check(SqlConnection connection, Findings findings) {
        return connection
                .query(WRONG)
                .execute()
                .invoke(rows -> findings.wrongPayouts = rows.iterator().next().getLong("wrong"))
                .chain(done -> connection.query(OVERPAID).execute())
                .invoke(rows -> findings.overpaid = rows.iterator().next().getLong("overpaid"))
                .replaceWithVoid();
    }
}
