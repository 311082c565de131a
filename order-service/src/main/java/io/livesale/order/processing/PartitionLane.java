package io.livesale.order.processing;

import io.livesale.order.EventSender;
import io.livesale.order.OrderSettings;
import io.livesale.order.Retries;
import io.livesale.order.processing.BatchDecision.Decision;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One partition's way through this replica: its records wait, are decided a batch at a time, and the batches' events are
 * sent in turn. While one batch's events are on their way, the next batch is being decided. A fault is retried for as
 * long as it lasts and the partition is ours; records that are no commands go to the dead letters and hold up nobody.
 * Where log and database do not meet, as after one of them was restored, the lane says so and is told where to go on.
 */
final class PartitionLane {
    /** Batches decided ahead of the broker's confirmation: what a crash has to send again. */
    private static final int MOST_UNCONFIRMED = 2;
    /** Records waiting here, in batches: enough to go on with while the next poll is under way. */
    private static final int MOST_WAITING = 2;

    private final TopicPartition partition;
    private final BatchDecision decision;
    private final EventSender events;
    private final Retries retries;
    private final int maxBatch;

    private final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    private PartitionMemory memory = PartitionMemory.NONE;
    private CompletableFuture<Void> deciding = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);
    private int unconfirmed;
    private OptionalLong confirmed = OptionalLong.empty();
    private Optional<Mismatch> mismatch = Optional.empty();
    private boolean repeating;
    private boolean waitingToGoOn;
    private OptionalLong goOnFrom = OptionalLong.empty();
    private volatile boolean stopped;

    PartitionLane(
            TopicPartition partition,
            BatchDecision decision,
            EventSender events,
            Retries retries,
            OrderSettings.Processing settings) {
        this.partition = partition;
        this.decision = decision;
        this.events = events;
        this.retries = retries;
        this.maxBatch = settings.maxBatch();
    }

    /** What comes after a gap comes again. */
    synchronized void add(List<ConsumerRecord<String, byte[]>> records) {
        if (!waitingToGoOn) {
            waiting.addAll(records);
            startNext();
        }
    }

    /**
     * Compares with the database, unless what is under way does so.
     *
     * @param position of the next record to come
     */
    synchronized void check(long position) {
        if (waiting.isEmpty() && mayStart()) {
            start(Uni.createFrom().item(CommandBatch.empty(partition.partition(), firstOffset(position), position)));
        }
    }

    /** Told once. After a gap nothing is decided until {@link #goOnFrom}. */
    synchronized Optional<Mismatch> takeMismatch() {
        Optional<Mismatch> taken = mismatch;
        mismatch = Optional.empty();
        return taken;
    }

    /** The records that come from now on are all that the log holds from this offset on. */
    synchronized void goOnFrom(long offset) {
        goOnFrom = OptionalLong.of(offset);
        waitingToGoOn = false;
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
        stopped = true;
        return deciding.handle((done, fault) -> null).thenCompose(ended -> lastSent());
    }

    private synchronized CompletableFuture<Void> lastSent() {
        return sending.handle((done, fault) -> null);
    }

    private synchronized void startNext() {
        if (!waiting.isEmpty() && mayStart()) {
            List<ConsumerRecord<String, byte[]>> records = takeBatch();
            long firstOffset = firstOffset(records.get(0).offset());
            start(retries.whileTrue(this::isOurs, "read " + partition, () -> read(firstOffset, records)));
        }
    }

    private boolean mayStart() {
        return !stopped && !waitingToGoOn && deciding.isDone() && unconfirmed < MOST_UNCONFIRMED;
    }

    private long firstOffset(long read) {
        long first = goOnFrom.orElse(read);
        goOnFrom = OptionalLong.empty();
        return first;
    }

    private void start(Uni<CommandBatch> batch) {
        unconfirmed++;
        deciding = batch.chain(this::decide).subscribeAsCompletionStage();
        deciding.thenRun(this::startNext);
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

    private Uni<Void> decide(CommandBatch batch) {
        String step = "decide " + partition + " from " + batch.firstOffset();
        return retries.whileTrue(this::isOurs, step, () -> events.divert(batch.unreadable()))
                .chain(() -> retries.whileTrue(this::isOurs, step, () -> decision.decide(batch, memory())))
                .invoke(decided -> take(batch, decided))
                .replaceWithVoid();
    }

    private boolean isOurs() {
        return !stopped;
    }

    private synchronized PartitionMemory memory() {
        return memory;
    }

    private synchronized void take(CommandBatch batch, Decision decided) {
        memory = decided.memory();
        Mismatch found = new Mismatch(batch.firstOffset(), memory.nextOffset());
        boolean repeated = memory.nextOffset() > batch.endOffset();
        if (found.isGap() || repeated && !repeating) {
            mismatch = Optional.of(found);
        }
        repeating = repeated;
        if (found.isGap()) {
            unconfirmed--;
            waiting.clear();
            waitingToGoOn = true;
        } else {
            send(batch, decided);
        }
    }

    private void send(CommandBatch batch, Decision decided) {
        String step = "send events of " + partition + " from " + batch.firstOffset();
        sending = sending.thenCompose(
                        before -> retries.whileTrue(this::isOurs, step, () -> events.send(decided.events()))
                                .subscribeAsCompletionStage())
                .thenRun(() -> confirm(batch.endOffset()));
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
        startNext();
    }
}
