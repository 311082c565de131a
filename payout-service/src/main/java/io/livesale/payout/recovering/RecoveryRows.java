package io.livesale.payout.recovering;

import io.livesale.payout.Columns;
import io.livesale.payout.Payout;
import io.livesale.payout.PayoutEvent;
import io.livesale.payout.Payouts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The statements of a recovery. */
final class RecoveryRows {
    private static final String VERSIONS = """
            SELECT id, version
            FROM payout
            WHERE id = ANY ($1)
            """;

    /** One recovery at a time: two would post the same. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('payout-recovery', 0))";

    private static final String LOCK = """
            SELECT %s
            FROM payout
            WHERE id = ANY ($1)
            ORDER BY id
            FOR UPDATE
            """.formatted(Payouts.COLUMNS);

    private static final String NEWEST_ACCOUNTS = """
            SELECT user_id, max(version) AS version
            FROM payout_account
            WHERE user_id = ANY ($1)
            GROUP BY user_id
            """;

    /** A run that is not known either is over. */
    private static final String ADD_TO_SETTLEMENTS = """
            INSERT INTO settlement (id, status, requested_by, started_at, finished_at, payouts)
            SELECT settlement_id, 'DONE', $5, min(made_at), $6, count(*)
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[])
              AS missing (settlement_id, currency, amount, made_at)
            GROUP BY settlement_id
            ORDER BY settlement_id
            ON CONFLICT (id) DO UPDATE
              SET payouts = settlement.payouts + excluded.payouts
            """;

    private static final String ADD_TOTALS = """
            INSERT INTO settlement_total (settlement_id, currency, amount)
            SELECT settlement_id, currency, sum(amount)
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS missing (settlement_id, currency, amount)
            GROUP BY settlement_id, currency
            ORDER BY settlement_id, currency
            ON CONFLICT (settlement_id, currency) DO UPDATE
              SET amount = settlement_total.amount + excluded.amount
            """;

    private RecoveryRows() {}

    /** How far each payout is known; those that are not are left out. */
    static Uni<Map<UUID, Integer>> versions(Pool pool, List<PayoutEvent> told) {
        UUID[] ids = told.stream().map(PayoutEvent::payoutId).distinct().toArray(UUID[]::new);
        return pool.preparedQuery(VERSIONS)
                .execute(Tuple.of(ids))
                .map(rows -> map(rows, row -> row.getUUID("id"), row -> row.getInteger("version")));
    }

    /** Those that are known, for as long as the caller's transaction nobody else's to change or to recover. */
    static Uni<Map<UUID, Payout>> lock(SqlConnection connection, List<Missing> page) {
        UUID[] ids = page.stream().map(missing -> missing.last().payoutId()).toArray(UUID[]::new);
        return connection
                .query(ALONE)
                .execute()
                .chain(() -> connection.preparedQuery(LOCK).execute(Tuple.of(ids)))
                .map(rows -> map(rows, row -> row.getUUID("id"), Payouts::payout));
    }

    /** Of each payee who has one, by user id. */
    static Uni<Map<String, Integer>> newestAccounts(SqlConnection connection, List<Missing> page) {
        String[] users =
                page.stream().map(missing -> missing.last().userId()).distinct().toArray(String[]::new);
        return connection
                .preparedQuery(NEWEST_ACCOUNTS)
                .execute(Tuple.of(users))
                .map(rows -> map(rows, row -> row.getString("user_id"), row -> row.getInteger("version")));
    }

    /** Adds what its settlements came to; these are made where they are missing, too. */
    static Uni<Void> addToSettlements(SqlConnection connection, List<Missing> unknown, String operator, Instant now) {
        if (unknown.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple settlements = totals(unknown)
                .times(Missing::madeAt)
                .value(operator)
                .value(now.atOffset(ZoneOffset.UTC))
                .tuple();
        return connection
                .preparedQuery(ADD_TO_SETTLEMENTS)
                .execute(settlements)
                .chain(() -> connection
                        .preparedQuery(ADD_TOTALS)
                        .execute(totals(unknown).tuple()))
                .replaceWithVoid();
    }

    private static Columns<Missing> totals(List<Missing> unknown) {
        return Columns.of(unknown)
                .texts(missing -> missing.last().settlementId())
                .currencies(missing -> missing.last().amount())
                .amounts(missing -> missing.last().amount());
    }

    private static <K, V> Map<K, V> map(RowSet<Row> rows, Function<Row, K> key, Function<Row, V> value) {
        return StreamSupport.stream(rows.spliterator(), false).collect(Collectors.toMap(key, value));
    }
}
