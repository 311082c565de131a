package io.livesale.payout.settlement;

import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** The stored settlements. */
@ApplicationScoped
class Settlements {
    private static final Logger LOG = Logger.getLogger(Settlements.class);

    private static final String OPEN = """
            INSERT INTO settlement (id, status, requested_by, started_at)
            VALUES ($1, 'RUNNING', $2, $3)
            ON CONFLICT DO NOTHING
            """;

    private static final String WITH_TOTALS = """
            SELECT id, status, requested_by, started_at, finished_at, payouts, below_minimum, account_missing,
                   total.currencies, total.amounts
            FROM settlement
            CROSS JOIN LATERAL (
              SELECT array_agg(currency ORDER BY currency) AS currencies, array_agg(amount ORDER BY currency) AS amounts
              FROM settlement_total
              WHERE settlement_id = settlement.id) AS total
            """;

    private static final String BY_ID = WITH_TOTALS + "WHERE id = $1";

    private static final String AFTER = WITH_TOTALS + """
            WHERE (started_at, id) < ($1, $2)
            ORDER BY started_at DESC, id DESC
            LIMIT $3
            """;

    private final Pool pool;
    private final Audit audit;
    private final Clock clock;

    Settlements(Pool pool, Audit audit, Clock clock) {
        this.pool = pool;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins a run; one of that id that was begun before, by whomever, is the same one. */
    Uni<Settlement> open(String settlementId, String requestedBy) {
        Tuple values = Tuple.of(settlementId, requestedBy, clock.instant().atOffset(ZoneOffset.UTC));
        return pool.withTransaction(connection -> connection
                        .preparedQuery(OPEN)
                        .execute(values)
                        .chain(rows -> rows.rowCount() == 0
                                ? Uni.createFrom().voidItem()
                                : record(connection, settlementId, requestedBy)))
                .chain(() -> require(settlementId));
    }

    private Uni<Void> record(SqlConnection connection, String settlementId, String requestedBy) {
        return audit.record(connection, requestedBy, Action.SETTLEMENT_STARTED, settlementId, null)
                .invoke(() ->
                        LOG.infof("settlement started settlementId=%s requestedBy=%s", settlementId, requestedBy));
    }

    /** Throws {@link Problem#NOT_FOUND}. */
    Uni<Settlement> require(String settlementId) {
        return pool.preparedQuery(BY_ID).execute(Tuple.of(settlementId)).map(rows -> {
            if (rows.size() == 0) {
                throw Problem.NOT_FOUND.because("There is no such settlement.");
            }
            return Settlement.of(rows.iterator().next());
        });
    }

    /** At most {@code limit} settlements, newest first, beginning after this position. */
    Uni<List<Settlement>> after(Position position, int limit) {
        Tuple values = Tuple.of(position.startedAt().atOffset(ZoneOffset.UTC), position.settlementId(), limit);
        return pool.preparedQuery(AFTER)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Settlement::of)
                        .toList());
    }
}
