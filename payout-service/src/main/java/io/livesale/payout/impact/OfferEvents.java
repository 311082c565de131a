package io.livesale.payout.impact;

import io.livesale.payout.DeadLetters;
import io.livesale.payout.PayoutSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes offers.v1 and offer-sales.v1, each under a group of its own. A poll is acknowledged when what it tells is
 * stored and what cannot be read is in the dead-letter topic. A fault of the database or the broker is waited out inside,
 * for failing here would close the consumer until a restart; what has been read is what the tables take, so no fault is
 * one of the data.
 */
@Startup
@ApplicationScoped
class OfferEvents {
    private static final Logger LOG = Logger.getLogger(OfferEvents.class);

    private static final Set<String> OUTCOMES = Set.of("kept", "skipped", "unreadable");

    private final OfferEventReader reader;
    private final OfferBook book;
    private final DeadLetters deadLetters;
    private final PayoutSettings settings;
    private final MeterRegistry metrics;

    OfferEvents(
            OfferEventReader reader,
            OfferBook book,
            DeadLetters deadLetters,
            PayoutSettings settings,
            MeterRegistry metrics) {
        this.reader = reader;
        this.book = book;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.metrics = metrics;
        // From the start: one that appears with its first count has not increased.
        OUTCOMES.forEach(outcome -> count(outcome, 0));
    }

    @Incoming("offers")
    Uni<Void> offers(ConsumerRecords<byte[], byte[]> records) {
        return consume(records, OfferFacts.TYPES, OfferFacts.class, book::keepFacts);
    }

    @Incoming("offer-sales")
    Uni<Void> sales(ConsumerRecords<byte[], byte[]> records) {
        return consume(records, OfferFigures.TYPES, OfferFigures.class, book::keepFigures);
    }

    private <T> Uni<Void> consume(
            ConsumerRecords<byte[], byte[]> records,
            Set<String> types,
            Class<T> view,
            Function<List<T>, Uni<Void>> keep) {
        List<T> told = new ArrayList<>();
        List<UnreadableEvent> unreadable = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                reader.read(record, types, view).ifPresentOrElse(told::add, () -> count("skipped", 1));
            } catch (UnreadableEvent e) {
                unreadable.add(e);
            }
        }
        Uni<Void> kept = told.isEmpty() ? Uni.createFrom().voidItem() : persistently(() -> keep.apply(told));
        return kept.invoke(() -> count("kept", told.size())).chain(() -> setAside(unreadable));
    }

    private Uni<Void> setAside(List<UnreadableEvent> unreadable) {
        return Multi.createFrom()
                .iterable(unreadable)
                .onItem()
                .transformToUniAndConcatenate(event ->
                        deadLetters.send(event.source(), event.reason()).invoke(() -> count("unreadable", 1)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> persistently(Supplier<Uni<Void>> step) {
        return Uni.createFrom()
                .deferred(step::get)
                .onFailure()
                .invoke(fault -> LOG.warnf("what is told of offers waits reason=%s", fault))
                .onFailure()
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely();
    }

    private void count(String outcome, int events) {
        metrics.counter("payout.offer.events", "outcome", outcome).increment(events);
    }
}
