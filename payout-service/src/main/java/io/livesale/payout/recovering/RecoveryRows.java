package io.livesale.payout.recovering;

import io.livesale.payout.Columns;
import io.livesale.payout.Money;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
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
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The statements of a recovery. */
final class RecoveryRows {
    /** With the status at the very version that was told, where the timeline has it. */
    private static final String KNOWN = """
            SELECT told.id, told.version AS told_version, payout.version, payout.amount, payout.currency,
                   change.status AS status_then
            FROM unnest($1::uuid[], $2::integer[]) AS told (id, version)
            JOIN payout ON payout.id = told.id
            LEFT JOIN payout_change AS change ON change.payout_id = told.id AND change.version = told.version
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

    private static final String VERIFIED_ACCOUNTS = """
            SELECT user_id, version
            FROM payout_account AS account
            WHERE user_id = ANY ($1) AND status = 'VERIFIED'
              AND version = (SELECT max(version) FROM payout_account WHERE user_id = account.user_id)
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

    /**
     * What the database knows of a payout.
     *
     * @param version how far
     * @param statusThen its status at the version that was told; absent where that was not seen here
     */
    record Known(int version, Money amount, @Nullable Status statusThen) {
        boolean isOtherThan(PayoutEvent told) {
            return !amount.equals(told.amount()) || statusThen != null && statusThen != told.status();
        }
    }

    /** By the id of each event whose payout is known. */
    static Uni<Map<String, Known>> known(Pool pool, List<PayoutEvent> told) {
        Tuple columns = Columns.of(told)
                .uuids(PayoutEvent::payoutId)
                .integers(PayoutEvent::version)
                .tuple();
        return pool.preparedQuery(KNOWN)
                .execute(columns)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> row.getUUID("id") + "." + row.getInteger("told_version"),
                                RecoveryRows::known,
                                (one, same) -> one)));
    }

    private static Known known(Row row) {
        String statusThen = row.getString("status_then");
        return new Known(
                row.getInteger("version"),
                new Money(row.getLong("amount"), Currency.getInstance(row.getString("currency"))),
                statusThen == null ? null : Status.valueOf(statusThen));
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

    /** The newest account of each payee whose newest is verified, by user id. */
    static Uni<Map<String, Integer>> verifiedAccounts(SqlConnection connection, List<Missing> page) {
        String[] users =
                page.stream().map(missing -> missing.last().userId()).distinct().toArray(String[]::new);
        return connection
                .preparedQuery(VERIFIED_ACCOUNTS)
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
