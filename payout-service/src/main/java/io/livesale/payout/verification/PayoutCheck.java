package io.livesale.payout.verification;

import io.livesale.payout.verification.Findings.Balance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** Compares payouts with the accounts their money is on, and what left with what was free to leave. */
@Singleton
class PayoutCheck {
    /** While a payout is on its way, held included, its amount is in transit; then it is paid, or back. */
    private static final String OF_ACCOUNTS = """
            SELECT posted.account, posted.currency, posted.balance, told.amount, told.payouts
            FROM (
              SELECT account, currency, balance, substring(account FROM '^party:(.*):[a-z-]+$') AS user_id
              FROM account_balance
              WHERE (account LIKE 'party:%:in-transit' OR account LIKE 'party:%:paid') AND (account, currency) > ($1, $2)
              ORDER BY account, currency
              LIMIT $3) AS posted
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(amount), 0)::bigint AS amount, count(*) AS payouts
              FROM payout
              WHERE payout.user_id = posted.user_id AND payout.currency = posted.currency
                AND status = ANY (
                  CASE
                    WHEN account LIKE '%:paid' THEN '{PAID}'::text[]
                    ELSE '{PENDING, HELD, IN_TRANSIT}'::text[]
                  END)) AS told
            ORDER BY posted.account, posted.currency
            """;

    private static final String ALL = """
            SELECT count(*) AS payouts
            FROM payout
            WHERE status IN ('PENDING', 'HELD', 'IN_TRANSIT', 'PAID')
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

    /** Compares the next accounts, as {@link BalanceCheck#ofParties} does. */
    Uni<Balance> ofAccounts(SqlConnection connection, Balance after, int accounts, Findings findings) {
        return connection
                .preparedQuery(OF_ACCOUNTS)
                .execute(Tuple.of(after.account(), after.currency(), accounts))
                .map(rows -> compare(rows, findings));
    }

    private static Balance compare(RowSet<Row> rows, Findings findings) {
        Balance last = BalanceCheck.FIRST;
        for (Row row : rows) {
            last = new Balance(row.getString("account"), row.getString("currency"));
            findings.payouts += row.getLong("payouts");
            if (!row.getLong("balance").equals(row.getLong("amount"))) {
                findings.wrongPayouts++;
            }
        }
        return last;
    }

    /** Payouts whose account was not met, and what is overpaid. To be asked when all accounts were looked at. */
    Uni<Void> rest(SqlConnection connection, Findings findings) {
        return connection
                .query(ALL)
                .execute()
                .invoke(rows -> findings.wrongPayouts += rows.iterator().next().getLong("payouts") - findings.payouts)
                .chain(done -> connection.query(OVERPAID).execute())
                .invoke(rows -> findings.overpaid = rows.iterator().next().getLong("overpaid"))
                .replaceWithVoid();
    }
}
