package io.livesale.payout.posting;

import io.livesale.payout.posting.SaleLedger.Posted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts what became of each order event. The lag itself is Kafka's own {@code kafka.consumer.*.records.lag.max}. */
@ApplicationScoped
class PostingMeters {
    private final Counter posted;
    private final Counter repeated;
    private final Counter skipped;
    private final Counter unreadable;
    private final Counter postings;

    PostingMeters(MeterRegistry registry) {
        posted = outcome(registry, "posted");
        repeated = outcome(registry, "repeated");
        skipped = outcome(registry, "skipped");
        unreadable = outcome(registry, "unreadable");
        postings = Counter.builder("payout.ledger.postings")
                .description("Postings written to the ledger")
                .register(registry);
    }

    void posted(Posted batch) {
        posted.increment(batch.sales());
        repeated.increment(batch.repeats());
        postings.increment(batch.postings());
    }

    void skipped(long events) {
        skipped.increment(events);
    }

    void unreadable() {
        unreadable.increment();
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("payout.order.events")
                .description("Events read from orders.v1, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
