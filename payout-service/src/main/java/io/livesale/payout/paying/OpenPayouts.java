package io.livesale.payout.paying;

import io.livesale.payout.Payout.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Counts the payouts that have not ended, by their state; those that have are counted as they end. */
@ApplicationScoped
class OpenPayouts {
    private static final Logger LOG = Logger.getLogger(OpenPayouts.class);

    private static final String COUNT = """
            SELECT status, count(*) AS payouts
            FROM payout
            WHERE status IN ('PENDING', 'HELD', 'IN_TRANSIT')
            GROUP BY status
            """;

    private final Pool pool;
    private final Map<Status, AtomicLong> open = new EnumMap<>(Status.class);

    OpenPayouts(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        Stream.of(Status.PENDING, Status.HELD, Status.IN_TRANSIT).forEach(status -> {
            AtomicLong payouts = new AtomicLong();
            open.put(status, payouts);
            Gauge.builder("payout.payouts.open", payouts, AtomicLong::get)
                    .description("Payouts that have not ended")
                    .tag("status", status.name())
                    .register(metrics);
        });
    }

    @Scheduled(every = "{payout.outbox.measure-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return pool.query(COUNT)
                .execute()
                .invoke(this::take)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("open payouts not counted, again soon reason=%s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    private void take(RowSet<Row> rows) {
        Map<Status, Long> counted = new EnumMap<>(Status.class);
        rows.forEach(row -> counted.put(Status.valueOf(row.getString("status")), row.getLong("payouts")));
        open.forEach((status, payouts) -> payouts.set(counted.getOrDefault(status, 0L)));
    }
}
