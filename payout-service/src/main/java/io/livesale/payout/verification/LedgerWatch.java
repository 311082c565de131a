package io.livesale.payout.verification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Verifies the ledger from time to time and tells the last findings as {@code payout.ledger.*}. Alert on any that is not
 * zero, and on their age: a check that no longer runs finds nothing either.
 */
@ApplicationScoped
class LedgerWatch {
    private static final Logger LOG = Logger.getLogger(LedgerWatch.class);

    private record Checked(Verification found, Instant at) {}

    private final LedgerVerification ledger;
    private final Clock clock;
    private final AtomicReference<Checked> last;

    LedgerWatch(LedgerVerification ledger, Clock clock, MeterRegistry metrics) {
        this.ledger = ledger;
        this.clock = clock;
        this.last = new AtomicReference<>(new Checked(new Findings().verification(), clock.instant()));
        gauge(metrics, "unbalanced", "Transactions whose postings do not sum to zero", Verification::unbalanced);
        gauge(metrics, "drifted", "Cached balances that differ from their postings", Verification::driftedBalances);
        gauge(metrics, "wrong.sales", "Sales posted otherwise than they were split", Verification::wrongSales);
        gauge(metrics, "wrong.refunds", "Orders refunded otherwise than they are told", Verification::wrongRefunds);
        gauge(metrics, "wrong.payouts", "Payees whose payouts are not where they stand", Verification::wrongPayouts);
        gauge(metrics, "overpaid", "Payees who were paid more than was released", Verification::overpaid);
        TimeGauge.builder("payout.ledger.verification.age", last, TimeUnit.MILLISECONDS, this::age)
                .description("How long ago the ledger was verified last, or this process started")
                .register(metrics);
    }

    @Scheduled(every = "{payout.verification.check-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> watch() {
        return verify().replaceWithVoid().onFailure().recoverWithUni(failure -> {
            LOG.warnf("ledger not verified, again later reason=%s", failure.toString());
            return Uni.createFrom().voidItem();
        });
    }

    /** Verifies now. */
    Uni<Verification> verify() {
        return ledger.verify().invoke(this::tell);
    }

    private void tell(Verification found) {
        Checked before = last.getAndSet(new Checked(found, clock.instant()));
        if (found.faults() > before.found().faults()) {
            LOG.errorf("ledger does not hold faults=%d found=%s", found.faults(), found);
        }
    }

    private void gauge(MeterRegistry metrics, String name, String description, ToDoubleFunction<Verification> value) {
        Gauge.builder(
                        "payout.ledger." + name,
                        last,
                        checked -> value.applyAsDouble(checked.get().found()))
                .description(description)
                .register(metrics);
    }

    private double age(AtomicReference<Checked> checked) {
        return Duration.between(checked.get().at(), clock.instant()).toMillis();
    }
}
