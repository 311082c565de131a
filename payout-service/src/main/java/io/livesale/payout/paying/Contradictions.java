package io.livesale.payout.paying;

import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Keeps what the provider tells against what is known of a payout. One of the two is wrong, and money may be lost: it
 * changes nothing by itself, stays with the payout until a person has found out, and is told by the gauge
 * {@code payout.payouts.contradicted}; alert on any.
 */
@ApplicationScoped
class Contradictions {
    private static final Logger LOG = Logger.getLogger(Contradictions.class);

    private static final String KEEP = """
            UPDATE payout
            SET contradiction = $2, contradiction_open = TRUE
            WHERE id = $1 AND contradiction IS DISTINCT FROM $2 AND NOT (contradiction_open AND contradiction = 'PAID')
            """;

    private static final String CLOSE = """
            UPDATE payout
            SET contradiction_open = FALSE
            WHERE id = $1 AND contradiction_open
            """;

    private static final String OPEN = """
            SELECT count(*) AS payouts
            FROM payout
            WHERE contradiction_open
            """;

    private final Pool pool;
    private final Audit audit;
    private final AtomicLong open = new AtomicLong();

    Contradictions(Pool pool, Audit audit, MeterRegistry metrics) {
        this.pool = pool;
        this.audit = audit;
        Gauge.builder("payout.payouts.contradicted", open, AtomicLong::get)
                .description("Payouts of which the provider told otherwise, and nobody has found out yet")
                .register(metrics);
    }

    /**
     * Does nothing when it was told so of this status before, nor when it was told to be paid, which no later word undoes.
     * The caller has locked the payout.
     */
    Uni<Void> keep(SqlConnection connection, Payout payout, Status told) {
        String what = "status=" + payout.status() + " told=" + told;
        return connection
                .preparedQuery(KEEP)
                .execute(Tuple.of(payout.payoutId(), told.name()))
                .chain(kept -> kept.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                        connection,
                                        Audit.SERVICE,
                                        Action.PAYOUT_CONTRADICTED,
                                        payout.payoutId().toString(),
                                        what)
                                .invoke(() -> LOG.errorf(
                                        "payout contradicted by the provider payoutId=%s %s",
                                        payout.payoutId(), what)));
    }

    /** A person has found out. Tells whether there was anything to find out. The caller has locked the payout. */
    Uni<Boolean> close(SqlConnection connection, Payout payout) {
        return connection
                .preparedQuery(CLOSE)
                .execute(Tuple.of(payout.payoutId()))
                .map(closed -> closed.rowCount() > 0);
    }

    @Scheduled(every = "{payout.sending.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return pool.query(OPEN)
                .execute()
                .invoke(rows -> open.set(rows.iterator().next().getLong("payouts")))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("contradicted payouts not counted, again soon reason=%s", failure);
                    return Uni.createFrom().voidItem();
                });
    }
}
