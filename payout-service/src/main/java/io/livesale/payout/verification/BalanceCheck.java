package io.livesale.payout.verification;

import io.livesale.payout.verification.Findings.Balance;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** Compares each cached balance with the sum of its postings. */
@Singleton
class BalanceCheck {
    /** Before all accounts, where a walk begins; and where it is when there are no more. */
    static final Balance FIRST = new Balance("", "");

    private static final String OF_PARTIES = """
            SELECT cached.account, cached.currency, cached.balance, posted.amount, posted.postings
            FROM (
              SELECT account, currency, balance
              FROM account_balance
              WHERE account LIKE 'party:%' AND (account, currency) > ($1, $2)
              ORDER BY account, currency
              LIMIT $3) AS cached
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(amount), 0)::bigint AS amount, count(*) AS postings
              FROM posting
              WHERE account = cached.account AND account LIKE 'party:%' AND currency = cached.currency) AS posted
            ORDER BY cached.account, cached.currency
            """;

    private static final String OF_PLATFORM = """
            SELECT account, currency, balance
            FROM account_balance
            WHERE account NOT LIKE 'party:%'
            """;

    /**
     * Compares the next accounts.
     *
     * @param after the last that was compared
     * @param accounts how many at most
     * @return the last that was compared now; {@link #FIRST} when there are no more
     */
    Uni<Balance> ofParties(SqlConnection connection, Balance after, int accounts, Findings findings) {
        return connection
                .preparedQuery(OF_PARTIES)
                .execute(Tuple.of(after.account(), after.currency(), accounts))
                .map(rows -> compare(rows, findings));
    }

    private static Balance compare(RowSet<Row> rows, Findings findings) {
        Balance last = FIRST;
        for (Row row : rows) {
            last = new Balance(row.getString("account"), row.getString("currency"));
            findings.postingsOfParties += row.getLong("postings");
            if (!row.getLong("balance").equals(row.getLong("amount"))) {
                findings.driftedBalances++;
            }
        }
        return last;
    }

    /**
     * Compares the platform's accounts with what the transactions were seen to post to them. Postings that were met on no
     * account at all have no balance: at least one drifted.
     */
    Uni<Void> ofPlatform(SqlConnection connection, Findings findings) {
        return connection
                .query(OF_PLATFORM)
                .execute()
                .invoke(rows -> {
                    Map<Balance, Long> differences = new HashMap<>(findings.platform);
                    rows.forEach(row -> differences.merge(
                            new Balance(row.getString("account"), row.getString("currency")),
                            -row.getLong("balance"),
                            Math::addExact));
                    findings.driftedBalances += differences.values().stream()
                            .filter(difference -> difference != 0)
                            .count();
                    if (findings.postingsOfParties + findings.postingsOfPlatform != findings.postings) {
                        findings.driftedBalances++;
                    }
                })
                .replaceWithVoid();
    }
}
