package io.livesale.payout.posting;

import io.livesale.payout.posting.Recording.Recorded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what became of each order event. The lag itself is Kafka's own {@code kafka.consumer.*.records.lag.max}. */
@ApplicationScoped
class PostingMeters {
    private final Counter posted;
    private final Counter repeated;
    private final Counter noted;
    private final Counter skipped;
    private final Counter unreadable;
    private final Counter postings;
    private final Counter refunded;
    private final Counter refused;
    private final AtomicLong waiting = new AtomicLong();

    PostingMeters(MeterRegistry registry) {
        posted = outcome(registry, "posted");
        repeated = outcome(registry, "repeated");
        noted = outcome(registry, "noted");
        skipped = outcome(registry, "skipped");
        unreadable = outcome(registry, "unreadable");
        postings = Counter.builder("payout.ledger.postings")
                .description("Postings written to the ledger for order events")
                .register(registry);
        refunded = refunds(registry, "posted");
        refused = refunds(registry, "refused");
        Gauge.builder("payout.refunds.waiting", waiting, AtomicLong::get)
                .description("Refunds whose sale is not known")
                .register(registry);
    }

    void recorded(Recorded batch) {
        posted.increment(batch.sales().sales() + batch.refunds());
        noted.increment(batch.others());
        repeated.increment(batch.repeats());
        postings.increment(batch.sales().postings());
    }

    void concluded(Conclusions conclusions) {
        refunded.increment(conclusions.transactions().size());
        refused.increment(conclusions.refusals().size());
        postings.increment(conclusions.transactions().stream()
                .mapToInt(refund -> refund.postings().size())
                .sum());
    }

    /** At the last look. */
    void waiting(long refunds) {
        waiting.set(refunds);
    }

    void skipped(long events) {
        skipped.increment(events);
    }

    void unreadable() {
        unreadable.increment();
    }

    private static Counter refunds(MeterRegistry registry, String outcome) {
        return Counter.builder("payout.refunds")
                .description("Refunds, by whether they were posted or refused")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("payout.order.events")
                .description("Events read from orders.v1, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
