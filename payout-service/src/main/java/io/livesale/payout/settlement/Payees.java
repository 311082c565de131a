package io.livesale.payout.settlement;

import io.livesale.payout.Money;
import io.livesale.payout.settlement.SettlementPage.Destination;
import io.livesale.payout.settlement.SettlementPage.Payee;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads who has something available, and where it is to go. */
final class Payees {
    /** Locked in the order in which everybody locks balances: nothing is taken from them before the payouts are made. */
    private static final String AFTER = """
            SELECT account, substring(account FROM '^party:(.*):available$') AS user_id, currency, balance
            FROM account_balance
            WHERE account LIKE 'party:%:available' AND (account, currency) > ($1, $2) AND balance > 0
            ORDER BY account, currency
            LIMIT $3
            FOR UPDATE
            """;

    /** Whoever changes their account is paid once the new one is verified, and to no other. */
    private static final String ACCOUNTS = """
            SELECT user_id, version,
                   EXISTS (
                     SELECT FROM payout
                     WHERE payout.user_id = account.user_id AND contradiction_open) AS doubtful
            FROM payout_account AS account
            WHERE user_id = ANY ($1) AND status = 'VERIFIED'
              AND version = (SELECT max(version) FROM payout_account WHERE user_id = account.user_id)
            """;

    private Payees() {}

    /** The next ones of a run, their balances locked. Fewer than {@code limit} are the last. */
    static Uni<List<Payee>> after(SqlConnection connection, Run run, int limit) {
        return connection
                .preparedQuery(AFTER)
                .execute(Tuple.of(run.cursorAccount(), run.cursorCurrency(), limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Payees::payee)
                        .toList());
    }

    /** Each one's account, by user id, for those whose newest account is verified. */
    static Uni<Map<String, Destination>> accounts(SqlConnection connection, List<Payee> payees) {
        String[] users = payees.stream().map(Payee::userId).distinct().toArray(String[]::new);
        return connection
                .preparedQuery(ACCOUNTS)
                .execute(Tuple.tuple().addArrayOfString(users))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getString("user_id"), Payees::destination)));
    }

    private static Destination destination(Row row) {
        return new Destination(row.getInteger("version"), row.getBoolean("doubtful"));
    }

    private static Payee payee(Row row) {
        Money available = new Money(row.getLong("balance"), Currency.getInstance(row.getString("currency")));
        return new Payee(row.getString("account"), row.getString("user_id"), available);
    }
}
