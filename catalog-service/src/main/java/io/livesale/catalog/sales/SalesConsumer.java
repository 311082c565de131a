package io.livesale.catalog.sales;

import io.livesale.catalog.sales.SalesReading.Reading;
import io.livesale.catalog.sales.SalesReading.Reading.Report;
import io.livesale.catalog.sales.SalesReading.Reading.Unreadable;
import io.livesale.catalog.sales.Standing.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes a poll of {@code offer-sales.v1}, applies its reports and sets aside what is no report or contradicts the offer.
 * Figures are absolute and versioned: a repeat, a late arrival or a replay from the start changes nothing. A fault of the
 * database or the broker is retried here for as long as it lasts; data that the database refuses is found by halving the
 * batch, so that it never holds up its neighbours. The poll is acknowledged only when all of it is done.
 */
@Startup
@ApplicationScoped
class SalesConsumer {
    private static final Logger LOG = Logger.getLogger(SalesConsumer.class);
    /** SQLSTATE classes that blame the data: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> DATA_FAULTS = Set.of("22", "23", "54");

    private static final Set<String> OUTCOMES = Set.of("applied", "stale", "skipped", "dead-letter");

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
        // From the start: one that appears with its first count has not increased.
        OUTCOMES.forEach(this::counter);
    }

    @Incoming("offer-sales")
    Uni<Void> apply(ConsumerRecords<String, byte[]> records) {
        List<Report> reports = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        records.forEach(record -> {
            Reading read = reading.read(record);
            if (read instanceof Report report) {
                reports.add(report);
            } else if (read instanceof Unreadable bad) {
                unreadable.add(bad);
            } else {
                count("skipped");
            }
        });
        return apply(reports).chain(this::setAside).chain(() -> setAside(unreadable));
    }

    /** Applies what can be applied and gives back the rest. */
    private Uni<List<Unreadable>> apply(List<Report> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return persistently(
                        () -> book.apply(reports.stream().map(Report::report).toList()))
                .map(outcomes -> contradictions(reports, outcomes))
                .onFailure(SalesConsumer::isInData)
                .recoverWithUni(fault -> applyWithout(reports, fault));
    }

    private Uni<List<Unreadable>> applyWithout(List<Report> reports, Throwable fault) {
        if (reports.size() == 1) {
            String reason = "the database refuses it: " + fault.getMessage();
            return Uni.createFrom().item(List.of(new Unreadable(reports.get(0).from(), reason)));
        }
        int half = reports.size() / 2;
        return apply(reports.subList(0, half))
                .chain(first -> apply(reports.subList(half, reports.size()))
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    private List<Unreadable> contradictions(List<Report> reports, List<Outcome> outcomes) {
        List<Unreadable> contradictions = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Contradiction contradiction) {
                contradictions.add(new Unreadable(reports.get(i).from(), contradiction.reason()));
            } else {
                count(outcomes.get(i) instanceof Outcome.Applied ? "applied" : "stale");
            }
        }
        return contradictions;
    }

    private Uni<Void> setAside(List<Unreadable> refused) {
        return Multi.createFrom()
                .iterable(refused)
                .onItem()
                .transformToUniAndConcatenate(bad -> persistently(() -> deadLetters.add(bad.from(), bad.reason()))
                        .invoke(() -> count("dead-letter")))
                .onItem()
                .ignoreAsUni();
    }

    /** Fails only by a fault in the data, which no retry mends. */
    private <T> Uni<T> persistently(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure(failure -> !isInData(failure))
                .invoke(failure -> {
                    metrics.counter("catalog.sales.retries").increment();
                    LOG.warnf("sales figures wait, retrying reason=%s", failure.toString());
                })
                .onFailure(failure -> !isInData(failure))
                .retry()
                .withBackOff(settings.firstBackOff(), settings.longestBackOff())
                .indefinitely();
    }

    private static boolean isInData(Throwable failure) {
        return failure instanceof PgException refusal
                && refusal.getSqlState() != null
                && DATA_FAULTS.contains(refusal.getSqlState().substring(0, 2));
    }

    private void count(String outcome) {
        counter(outcome).increment();
    }

    private Counter counter(String outcome) {
        return metrics.counter("catalog.sales.reports", "outcome", outcome);
    }
}
