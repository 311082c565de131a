package io.livesale.catalog.sales;

import io.livesale.catalog.sales.SalesReading.Reading;
import io.livesale.catalog.sales.Standing.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes a poll of {@code offer-sales.v1}, applies the newest report of each offer and sets aside what is no report or
 * contradicts the offer. Figures are absolute and versioned: a repeat, a late arrival or a replay from the start
 * changes nothing. A fault of the database or the broker is retried here for as long as it lasts; the batch is
 * acknowledged only when all of it is done.
 */
@ApplicationScoped
class SalesConsumer {
    private static final Logger LOG = Logger.getLogger(SalesConsumer.class);

    private final SalesReading reading;
    private final SalesBook book;
    private final DeadLetters deadLetters;
    private final SalesSettings settings;
    private final MeterRegistry metrics;

    SalesConsumer(
            SalesReading reading,
            SalesBook book,
            DeadLetters deadLetters,
            SalesSettings settings,
            MeterRegistry metrics) {
        this.reading = reading;
        this.book = book;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.metrics = metrics;
    }

    @Incoming("offer-sales")
    Uni<Void> apply(ConsumerRecords<String, byte[]> records) {
        List<Reading.Unreadable> refused = new ArrayList<>();
        Map<UUID, Reading.Report> newest = new LinkedHashMap<>();
        records.forEach(record -> {
            Reading read = reading.read(record);
            if (read instanceof Reading.Report report) {
                newest.merge(report.report().offerId(), report, SalesConsumer::newer);
            } else if (read instanceof Reading.Unreadable unreadable) {
                refused.add(unreadable);
            } else {
                count("skipped");
            }
        });
        return persistently(() -> book.apply(reports(newest)))
                .invoke(outcomes -> refused.addAll(contradictions(newest, outcomes)))
                .chain(() -> setAside(refused));
    }

    /** Only the newest report of an offer matters; those it replaces in the same batch are as good as applied. */
    private static Reading.Report newer(Reading.Report one, Reading.Report other) {
        return other.report().version() > one.report().version() ? other : one;
    }

    private static Map<UUID, SalesReport> reports(Map<UUID, Reading.Report> newest) {
        Map<UUID, SalesReport> reports = new LinkedHashMap<>();
        newest.forEach((offer, read) -> reports.put(offer, read.report()));
        return reports;
    }

    private List<Reading.Unreadable> contradictions(Map<UUID, Reading.Report> newest, Map<UUID, Outcome> outcomes) {
        List<Reading.Unreadable> contradictions = new ArrayList<>();
        outcomes.forEach((offer, outcome) -> {
            if (outcome instanceof Outcome.Contradiction contradiction) {
                contradictions.add(new Reading.Unreadable(newest.get(offer).from(), contradiction.reason()));
            } else {
                count(outcome instanceof Outcome.Applied ? "applied" : "stale");
            }
        });
        return contradictions;
    }

    private Uni<Void> setAside(List<Reading.Unreadable> refused) {
        return Multi.createFrom()
                .iterable(refused)
                .onItem()
                .transformToUniAndConcatenate(bad -> persistently(() -> deadLetters.add(bad.from(), bad.reason()))
                        .invoke(() -> count("dead-letter")))
                .onItem()
                .ignoreAsUni();
    }

    private <T> Uni<T> persistently(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure()
                .invoke(failure -> {
                    metrics.counter("catalog.sales.retries").increment();
                    LOG.warnf("sales figures wait, retrying reason=%s", failure.toString());
                })
                .onFailure()
                .retry()
                .withBackOff(settings.firstBackOff(), settings.longestBackOff())
                .indefinitely();
    }

    private void count(String outcome) {
        metrics.counter("catalog.sales.reports", "outcome", outcome).increment();
    }
}
