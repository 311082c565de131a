package io.livesale.payout.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Measures what waits in the outbox: {@code payout.outbox.size} and {@code payout.outbox.age}; alert on the age. */
@ApplicationScoped
class OutboxGauges {
    private static final Logger LOG = Logger.getLogger(OutboxGauges.class);

    private final Pool pool;
    private final Clock clock;
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong ageMillis = new AtomicLong();

    OutboxGauges(Pool pool, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.clock = clock;
        metrics.gauge("payout.outbox.size", size);
        TimeGauge.builder("payout.outbox.age", ageMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("How long the oldest event has been waiting")
                .register(metrics);
    }

    @Scheduled(every = "{payout.outbox.measure-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return pool.query("SELECT count(*), min(occurred_at) FROM outbox")
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    OffsetDateTime oldest = row.getOffsetDateTime(1);
                    size.set(row.getLong(0));
                    ageMillis.set(
                            oldest == null
                                    ? 0
                                    : Duration.between(oldest.toInstant(), clock.instant())
                                            .toMillis());
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("outbox not measured, again soon reason=%s", failure.toString());
                    return Uni.createFrom().voidItem();
                });
    }
}
