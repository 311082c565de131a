package io.livesale.order.processing;

import io.livesale.order.EventSender;
import io.livesale.order.OrderSettings;
import io.livesale.order.ProcessEnd;
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
import org.jspecify.annotations.Nullable;

/**
 * One partition's way through this replica: its records wait, are decided a batch at a time, and the batches' events are
 * sent in turn. While one batch's events are on their way, the next batch is being decided. A fault is retried for as
 * long as it lasts and the partition is ours; records that are no commands go to the dead letters and hold up nobody.
 * At a {@link Gap} the lane ends, and another one begins where the database is.
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
    private Optional<Gap> gap = Optional.empty();
    private OptionalLong begin;
    private volatile boolean stopped;

    /** @param begin where the first batch begins although the log may hold nothing there any more */
    PartitionLane(
            TopicPartition partition,
            OptionalLong begin,
            BatchDecision decision,
            EventSender events,
            Retries retries,
            OrderSettings.Processing settings) {
        this.partition = partition;
        this.begin = begin;
        this.decision = decision;
        this.events = events;
        this.retries = retries;
        this.maxBatch = settings.maxBatch();
    }

    synchronized void add(List<ConsumerRecord<String, byte[]>> records) {
        waiting.addAll(records);
        startNext();
    }

    /** Whether all that came here is decided. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && deciding.isDone();
    }

    /** Ends here; what follows comes again. */
    synchronized void found(Gap gap) {
        this.gap = Optional.of(gap);
        stopped = true;
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
        stopped = true;
        return deciding.handle((done, fault) -> null).thenCompose(ended -> lastSent());
    }

    private synchronized CompletableFuture<Void> lastSent() {
        return sending.handle((done, fault) -> null);
    }

    private synchronized void startNext() {
        if (stopped || !deciding.isDone() || unconfirmed == MOST_UNCONFIRMED || waiting.isEmpty()) {
            return;
        }
        List<ConsumerRecord<String, byte[]>> records = takeBatch();
        long firstOffset = begin.orElse(records.get(0).offset());
        begin = OptionalLong.empty();
        unconfirmed++;
        deciding = retries.whileTrue(this::isOurs, "read " + partition, () -> read(firstOffset, records))
                .chain(this::decide)
                .subscribeAsCompletionStage();
        deciding.whenComplete((done, fault) -> go(fault));
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
        if (memory.nextOffset() < batch.firstOffset()) {
            found(new Gap(memory.nextOffset(), batch.firstOffset()));
            return;
        }
        String step = "send events of " + partition + " from " + batch.firstOffset();
        sending = sending.thenCompose(
                        before -> retries.whileTrue(this::isOurs, step, () -> events.send(decided.events()))
                                .subscribeAsCompletionStage())
                .thenRun(() -> confirm(batch.endOffset()));
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
    }
}
