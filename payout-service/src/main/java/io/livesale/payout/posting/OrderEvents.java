package io.livesale.payout.posting;

import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.FeeSchedule;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Rate;
import io.livesale.payout.Sale;
import io.livesale.payout.posting.Reading.Paid;
import io.livesale.payout.posting.Reading.Unreadable;
import io.livesale.payout.posting.SaleLedger.Posted;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes orders.v1: one poll is one transaction, and the poll is acknowledged when its sales are committed and its
 * unreadable records are in the dead-letter topic. A fault of the database or the broker is waited out inside, for
 * failing here would close the consumer until a restart. Data that the database refuses is found by halving the batch,
 * so that it never holds up its neighbours.
 */
@ApplicationScoped
class OrderEvents {
    private static final Logger LOG = Logger.getLogger(OrderEvents.class);
    /** SQLSTATE classes that blame the data: data exception, constraint violation, program limit exceeded. */
    private static final Set<String> DATA_FAULTS = Set.of("22", "23", "54");

    private final PayoutSettings settings;
    private final OrderEventReader reader;
    private final FeeProgrammes programmes;
    private final SaleLedger ledger;
    private final DeadLetters deadLetters;
    private final PostingMeters meters;

    OrderEvents(
            PayoutSettings settings,
            OrderEventReader reader,
            FeeProgrammes programmes,
            SaleLedger ledger,
            DeadLetters deadLetters,
            PostingMeters meters) {
        this.settings = settings;
        this.reader = reader;
        this.programmes = programmes;
        this.ledger = ledger;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    @Incoming("orders")
    Uni<Void> consume(ConsumerRecords<byte[], byte[]> records) {
        List<Reading> readings = StreamSupport.stream(records.spliterator(), false)
                .map(reader::read)
                .toList();
        List<Paid> paid = only(Paid.class, readings).toList();
        meters.skipped(
                readings.stream().filter(Reading.Skipped.class::isInstance).count());
        return post(paid)
                .map(refused -> Stream.concat(only(Unreadable.class, readings), refused.stream())
                        .toList())
                .flatMap(deadLetters::send);
    }

    /** Posts what can be posted and gives back the rest. */
    private Uni<List<Unreadable>> post(List<Paid> paid) {
        if (paid.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return priced(paid)
                .flatMap(ledger::post)
                .invoke(this::report)
                .replaceWith(List.<Unreadable>of())
                .onFailure(fault -> !isInData(fault))
                .invoke(fault -> LOG.warnf("posting waits records=%d reason=%s", paid.size(), fault))
                .onFailure(fault -> !isInData(fault))
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely()
                .onFailure(OrderEvents::isInData)
                .recoverWithUni(fault -> postWithout(paid, fault));
    }

    private Uni<List<Unreadable>> postWithout(List<Paid> paid, Throwable fault) {
        if (paid.size() == 1) {
            return Uni.createFrom().item(List.of(paid.get(0).refused("the ledger refuses it: " + fault.getMessage())));
        }
        int half = paid.size() / 2;
        return post(paid.subList(0, half))
                .flatMap(first -> post(paid.subList(half, paid.size()))
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    private Uni<List<Sale>> priced(List<Paid> paid) {
        Set<String> counties = paid.stream()
                .map(event -> event.order().county())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return programmes
                .covering(counties)
                .map(covering -> new FeeSchedule(new Rate(settings.standardFeeBasisPoints()), covering))
                .map(schedule -> paid.stream()
                        .map(event -> Sale.of(event.cause(), event.order(), schedule))
                        .toList());
    }

    private void report(Posted batch) {
        meters.posted(batch);
        LOG.infof("sales posted sales=%d repeats=%d postings=%d", batch.sales(), batch.repeats(), batch.postings());
    }

    private static boolean isInData(Throwable fault) {
        return fault instanceof ArithmeticException
                || fault instanceof PgException refusal
                        && refusal.getSqlState() != null
                        && DATA_FAULTS.contains(refusal.getSqlState().substring(0, 2));
    }

    private static <T extends Reading> Stream<T> only(Class<T> type, List<Reading> readings) {
        return readings.stream().filter(type::isInstance).map(type::cast);
    }
}
