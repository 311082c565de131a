package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.OrderBook;
import java.util.List;
import java.util.Optional;

/**
 * What comes of a batch.
 *
 * @param before with which it was decided
 * @param fromOffset of the first command decided now: the partition's progress before
 * @param decided what to write
 * @param events to send once it is written: those of the commands decided now, and again those of commands decided before
 * @param after for the next batch; its offset is the partition's progress after
 */
record Decision(
        CommandBatch batch,
        PartitionMemory before,
        long fromOffset,
        DecidedBatch decided,
        List<CloudEvent> events,
        PartitionMemory after) {

    /** Of a batch before which commands are missing. */
    static Decision atGap(CommandBatch batch, PartitionMemory before, long nextOffset, OrderBook book) {
        DecidedBatch nothing = DecidedBatch.decide(book, List.of());
        return new Decision(batch, before, nextOffset, nothing, List.of(), PartitionMemory.nothingAt(nextOffset));
    }

    /** Whether there is anything to write; not when all of it was decided before. */
    boolean movesOn() {
        return after.nextOffset() > fromOffset;
    }

    /** The commands that are missing before the batch. */
    Optional<Gap> gap() {
        return fromOffset < batch.firstOffset()
                ? Optional.of(new Gap(fromOffset, batch.firstOffset()))
                : Optional.empty();
    }
}
