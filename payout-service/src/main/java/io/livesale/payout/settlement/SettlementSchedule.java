package io.livesale.payout.settlement;

import io.livesale.payout.Audit;
import io.livesale.payout.PayoutSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jboss.logging.Logger;

/**
 * Begins a settlement when one is planned. Its id is made of the planned time, so however many replicas begin it, it is
 * one run.
 */
@ApplicationScoped
class SettlementSchedule {
    private static final Logger LOG = Logger.getLogger(SettlementSchedule.class);
    /** Of the ids of its runs, so that nobody else's run is taken for one of them. */
    static final String PREFIX = "scheduled-";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'" + PREFIX + "'uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Settlements settlements;
    private final PayoutSettings settings;

    SettlementSchedule(Settlements settlements, PayoutSettings settings, MeterRegistry metrics) {
        this.settlements = settlements;
        this.settings = settings;
        Gauge.builder("payout.paying", settings, now -> now.paying() ? 1 : 0)
                .description("1 while settlements and payouts go on, 0 while they are stopped by a setting")
                .register(metrics);
    }

    @Scheduled(
            identity = "settlement",
            cron = "{payout.settlement.cron}",
            timeZone = "{payout.zone}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> begin(ScheduledExecution execution) {
        if (!settings.paying()) {
            LOG.warn("settlement left out, for payout.paying is off");
            return Uni.createFrom().voidItem();
        }
        return begin(execution.getScheduledFireTime());
    }

    /** Waits for a database that is away: a night's settlement is late rather than left out. */
    Uni<Void> begin(Instant planned) {
        return Uni.createFrom()
                .deferred(() -> settlements.open(NAME.format(planned), Audit.SERVICE))
                .onFailure()
                .invoke(failure -> LOG.warnf("settlement not begun, trying again reason=%s", failure))
                .onFailure()
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely()
                .replaceWithVoid();
    }
}
