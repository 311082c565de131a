package io.livesale.payout.posting;

import io.livesale.payout.DeadLetters;
import io.livesale.payout.posting.Reading.Skipped;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.Reading.Unreadable;
import io.livesale.payout.posting.Recording.Recorded;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes orders.v1 poll by poll: what it tells is written down, then what follows is concluded. A poll is
 * acknowledged when both are committed and its unreadable records are in the dead-letter topic; a repeat changes
 * nothing.
 */
@ApplicationScoped
class OrderEvents {
    private static final Logger LOG = Logger.getLogger(OrderEvents.class);

    private final OrderEventReader reader;
    private final Halving halving;
    private final Recording recording;
    private final Concluding concluding;
    private final Refusals refusals;
    private final DeadLetters deadLetters;
    private final PostingMeters meters;
    private final PostingTraces traces;

    OrderEvents(
            OrderEventReader reader,
            Halving halving,
            Recording recording,
            Concluding concluding,
            Refusals refusals,
            DeadLetters deadLetters,
            PostingMeters meters,
            PostingTraces traces) {
        this.reader = reader;
        this.halving = halving;
        this.recording = recording;
        this.concluding = concluding;
        this.refusals = refusals;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.traces = traces;
    }

    @Incoming("orders")
    Uni<Void> consume(ConsumerRecords<byte[], byte[]> records) {
        List<Reading> readings = StreamSupport.stream(records.spliterator(), false)
                .map(reader::read)
                .toList();
        List<Told> told = only(Told.class, readings);
        meters.skipped(only(Skipped.class, readings).size());
        return halving.take(told, this::write)
                .flatMap(unwritten -> halving.take(told, this::conclude)
                        .map(refused -> Stream.of(only(Unreadable.class, readings), unwritten, refused)
                                .flatMap(List::stream)
                                .toList()))
                .flatMap(this::setAside);
    }

    private Uni<List<Unreadable>> write(List<Told> told) {
        return recording
                .write(told)
                .invoke(this::report)
                .invoke(recorded -> traces.recorded(told, recorded))
                .replaceWith(List.<Unreadable>of());
    }

    /** For every order of the batch, repeats included: a restart may have come between the two steps. */
    private Uni<List<Unreadable>> conclude(List<Told> told) {
        Set<UUID> orders = told.stream().map(one -> one.event().orderId()).collect(Collectors.toSet());
        return concluding.conclude(orders).flatMap(done -> refusals.among(told));
    }

    private Uni<Void> setAside(List<Unreadable> letters) {
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(letter ->
                        deadLetters.send(letter.source(), letter.reason()).invoke(meters::unreadable))
                .onItem()
                .ignoreAsUni();
    }

    private void report(Recorded batch) {
        meters.recorded(batch);
        LOG.infof(
                "order events recorded sales=%d refunds=%d others=%d repeats=%d",
                batch.sales().sales(), batch.refunds(), batch.others(), batch.repeats());
    }

    private static <T extends Reading> List<T> only(Class<T> type, List<Reading> readings) {
        return readings.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
