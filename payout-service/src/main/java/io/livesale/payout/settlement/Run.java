package io.livesale.payout.settlement;

import io.livesale.payout.settlement.SettlementPage.Payee;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A settlement that is not done, held by the caller's transaction, and the last payee it looked at. */
record Run(String id, String cursorAccount, String cursorCurrency) {
    private static final String LOCK = """
            SELECT id, cursor_account, cursor_currency
            FROM settlement
            WHERE id = $1 AND status = 'RUNNING'
            FOR UPDATE SKIP LOCKED
            """;

    private static final String ADD_TOTALS = """
            INSERT INTO settlement_total (settlement_id, currency, amount)
            SELECT $1::text, *
            FROM unnest($2::text[], $3::bigint[])
            ON CONFLICT (settlement_id, currency) DO UPDATE
              SET amount = settlement_total.amount + excluded.amount
            """;

    private static final String MOVE_ON = """
            UPDATE settlement
            SET cursor_account = $2, cursor_currency = $3, payouts = payouts + $4,
                below_minimum = below_minimum + $5, account_missing = account_missing + $6
            WHERE id = $1
            """;

    private static final String FINISH = """
            UPDATE settlement
            SET status = 'DONE', finished_at = $2
            WHERE id = $1
            RETURNING payouts, below_minimum, account_missing
            """;

    /** Empty when it is done, or another replica is at it. */
    static Uni<Optional<Run>> lock(SqlConnection connection, String settlementId) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(settlementId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Run(
                                row.getString("id"), row.getString("cursor_account"), row.getString("cursor_currency")))
                        .findFirst());
    }

    Uni<Void> moveOn(SqlConnection connection, SettlementPage page, Payee last) {
        Tuple values = Tuple.of(
                id,
                last.account(),
                last.available().currency().getCurrencyCode(),
                (long) page.payouts().size(),
                (long) page.belowMinimum(),
                (long) page.accountMissing());
        return addTotals(connection, page.totals())
                .chain(() -> connection.preparedQuery(MOVE_ON).execute(values))
                .replaceWithVoid();
    }

    /** Its figures. */
    Uni<Row> finish(SqlConnection connection, Instant at) {
        return connection
                .preparedQuery(FINISH)
                .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next());
    }

    private Uni<Void> addTotals(SqlConnection connection, Map<Currency, Long> totals) {
        Tuple values = Tuple.of(
                id,
                totals.keySet().stream().map(Currency::getCurrencyCode).toArray(String[]::new),
                totals.values().toArray(Long[]::new));
        return connection.preparedQuery(ADD_TOTALS).execute(values).replaceWithVoid();
    }
}
