package io.livesale.order.processing;

import io.livesale.order.EventSender;
import io.livesale.order.OrderSettings;
import io.livesale.order.ProcessEnd;
import io.livesale.order.Retries;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One partition's way through this replica: its records wait, are decided a batch at a time, written in turn, and the
 * batches' events are sent in turn. While one batch's events are on their way, the next batch is being written, and the
 * one after it decided. A fault is retried for as long as it lasts and the partition is ours; records that are no commands
 * go to the dead letters and hold up nobody. At a {@link Gap} the lane ends, and another one begins where the database is.
 */
final class PartitionLane {
    private static final Logger LOG = Logger.getLogger(PartitionLane.class);

    /** Batches decided ahead of the broker's confirmation: what a crash has to send again. */
    private static final int MOST_UNCONFIRMED = 3;
    /** One is decided with what the one before it comes to, while that one is written; nothing is decided on top of both. */
    private static final int MOST_UNWRITTEN = 2;
    /** Records waiting here, in batches: enough to go on with while the next poll is under way. */
    private static final int MOST_WAITING = 2;

    private final TopicPartition partition;
    private final BatchDecision decision;
    private final EventSender events;
    private final Retries retries;
    /** Batches that all lanes together may have under way beyond one each. */
    private final Semaphore room;

    private final int maxBatch;

    private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    /** What the batch taken last comes to, if all goes as expected. */
    private PartitionMemory expected = PartitionMemory.NONE;
    /** What the batch written last came to. */
    private PartitionMemory written = PartitionMemory.NONE;
    /** Nothing more is decided ahead where something went otherwise, until all that was taken is written. */
    private boolean asExpected = true;

    private CompletableFuture<?> deciding = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
    private int unwritten;
    private int unconfirmed;
    /** Of the room for all, by this lane. */
    private int roomTaken;

    private OptionalLong confirmed = OptionalLong.empty();
    private Optional<Gap> gap = Optional.empty();
    private OptionalLong begin;
    private volatile boolean stopped;

    /** @param decision empty when deciding failed */
    private record Expectation(CommandBatch batch, Optional<Decision> decision) {}

    /** @param begin where the first batch begins although the log may hold nothing there any more */
    PartitionLane(
            TopicPartition partition,
            OptionalLong begin,
            BatchDecision decision,
            EventSender events,
            Retries retries,
            Semaphore room,
            OrderSettings.Processing settings) {
        this.partition = partition;
        this.begin = begin;
        this.decision = decision;
        this.events = events;
        this.retries = retries;
        this.room = room;
        this.maxBatch = settings.maxBatch();
    }

    synchronized void add(List<ConsumerRecord<String, byte[]>> records) {
        waiting.addAll(records);
        startNext();
    }

    /** Whether all that came here is decided. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && writing.isDone();
    }

    /** Ends here; what follows comes again. */
    synchronized void found(Gap gap) {
        this.gap = Optional.of(gap);
        beginNothingNew();
        waiting.clear();
    }

    synchronized Optional<Gap> gap() {
        return gap;
    }

    synchronized boolean isFull() {
        return waiting.size() >= MOST_WAITING * maxBatch;
    }

    /** One past the last record whose events the broker has confirmed, since it was last asked for. */
    synchronized OptionalLong takeConfirmed() {
        OptionalLong taken = confirmed;
        confirmed = OptionalLong.empty();
        return taken;
    }

    /** Begins nothing new; completes, one way or the other, when what is under way has ended. */
    synchronized CompletableFuture<Void> stop() {
        beginNothingNew();
        return writing.handle((done, fault) -> null).thenCompose(ended -> lastSent());
    }

    private void beginNothingNew() {
        stopped = true;
        room.release(roomTaken);
        roomTaken = 0;
    }

    private synchronized CompletableFuture<Void> lastSent() {
        return sending.handle((done, fault) -> null);
    }

    private synchronized void startNext() {
        if (stopped
                || !asExpected
                || !deciding.isDone()
                || unwritten == MOST_UNWRITTEN
                || unconfirmed == MOST_UNCONFIRMED
                || waiting.size() < leastBatch()
                || !takeRoom()) {
            return;
        }
        List<ConsumerRecord<String, byte[]>> records = takeBatch();
        long firstOffset = begin.orElse(records.get(0).offset());
        begin = OptionalLong.empty();
        unwritten++;
        unconfirmed++;
        CompletableFuture<Expectation> next = retries.whileTrue(
                        this::isOurs, "read " + partition, () -> read(firstOffset, records))
                .chain(this::decide)
                .subscribeAsCompletionStage();
        deciding = next;
        writing = writing.thenCompose(before -> next)
                .thenCompose(ahead -> write(ahead).subscribeAsCompletionStage())
                .thenAccept(this::take);
        next.thenRun(this::startNext);
        writing.whenComplete((done, fault) -> go(fault));
    }

    /** A batch is decided ahead only when it is full: until then, better that more gathers for the same few statements. */
    private int leastBatch() {
        return unwritten == 0 ? 1 : maxBatch;
    }

    private boolean takeRoom() {
        if (unconfirmed == 0) {
            return true;
        }
        boolean taken = room.tryAcquire();
        roomTaken += taken ? 1 : 0;
        return taken;
    }

    /** Faults are retried; whatever else ends a step would leave this partition undecided, unnoticed. */
    private void go(@Nullable Throwable fault) {
        if (fault == null) {
            startNext();
        } else if (!stopped) {
            ProcessEnd.because("deciding " + partition + " ended", fault);
        }
    }

    private List<ConsumerRecord<String, byte[]>> takeBatch() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(Math.min(maxBatch, waiting.size()));
        while (records.size() < maxBatch && !waiting.isEmpty()) {
            records.add(waiting.remove());
        }
        return records;
    }

    private static Uni<CommandBatch> read(long firstOffset, List<ConsumerRecord<String, byte[]>> records) {
        return Uni.createFrom()
                .item(() -> CommandBatch.read(firstOffset, records))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Expectation> decide(CommandBatch batch) {
        return retries.whileTrue(this::isOurs, step(batch), () -> events.divert(batch.unreadable()))
                .chain(() -> decideAhead(batch));
    }

    /** On top of a batch that may not be written yet. What goes wrong here is left to the write. */
    private Uni<Expectation> decideAhead(CommandBatch batch) {
        return decision.decide(batch, expected())
                .invoke(this::expect)
                .map(decided -> new Expectation(batch, Optional.of(decided)))
                .onFailure()
                .recoverWithItem(fault -> nothingExpected(batch, fault));
    }

    private String step(CommandBatch batch) {
        return "decide " + partition + " from " + batch.firstOffset();
    }

    private boolean isOurs() {
        return !stopped;
    }

    private synchronized PartitionMemory expected() {
        return expected;
    }

    private synchronized void expect(Decision decided) {
        expected = decided.after();
    }

    private synchronized Expectation nothingExpected(CommandBatch batch, Throwable fault) {
        LOG.warnf("not decided ahead step=\"%s\" reason=%s", step(batch), fault);
        asExpected = false;
        return new Expectation(batch, Optional.empty());
    }

    /** As expected, if nothing came in between. */
    private synchronized Uni<Decision> write(Expectation ahead) {
        if (stopped) {
            return Uni.createFrom().failure(new CancellationException("the lane of " + partition + " has ended"));
        }
        Decision decided = ahead.decision()
                .filter(decision -> decision.before().equals(written))
                .orElse(null);
        if (decided == null) {
            return decideAndWrite(ahead.batch());
        }
        return decision.write(decided)
                .replaceWith(decided)
                .onFailure()
                .invoke(fault -> LOG.warnf("not written as decided step=\"%s\" reason=%s", step(ahead.batch()), fault))
                .onFailure()
                .recoverWithUni(() -> decideAndWrite(ahead.batch()));
    }

    /** With nothing but what the database says, and nothing decided ahead on top of it. */
    private synchronized Uni<Decision> decideAndWrite(CommandBatch batch) {
        asExpected = false;
        return retries.whileTrue(
                this::isOurs,
                step(batch),
                () -> decision.decide(batch, PartitionMemory.NONE).call(decision::write));
    }

    private synchronized void take(Decision done) {
        written = done.after();
        unwritten--;
        if (unwritten == 0) {
            expected = written;
            asExpected = true;
        }
        if (done.gap().isPresent()) {
            found(done.gap().get());
            return;
        }
        long endOffset = done.batch().endOffset();
        String step = "send events of " + partition + " up to " + endOffset;
        sending = sending.thenCompose(before -> retries.whileTrue(this::isOurs, step, () -> events.send(done.events()))
                        .subscribeAsCompletionStage())
                .thenRun(() -> confirm(endOffset));
        sending.whenComplete((sent, fault) -> go(fault));
    }

    /** Brings back what was taken and not committed, unless more is confirmed by now. */
    synchronized void putBack(long endOffset) {
        if (confirmed.isEmpty()) {
            confirmed = OptionalLong.of(endOffset);
        }
    }

    private synchronized void confirm(long endOffset) {
        confirmed = OptionalLong.of(endOffset);
        unconfirmed--;
        if (roomTaken > 0) {
            roomTaken--;
            room.release();
        }
    }
}
