package io.livesale.order.processing;

import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A batch that does not join on to what the database says is decided: as after the database, or the log, was replaced by
 * an older copy of itself.
 *
 * @param batchOffset the batch's first
 * @param nextOffset of the next command to decide, as the database has it
 */
record Mismatch(long batchOffset, long nextOffset) {
    private static final Logger LOG = Logger.getLogger(Mismatch.class);

    /** Whether commands before the batch are not decided; else it is that commands after it are. */
    boolean isGap() {
        return nextOffset < batchOffset;
    }

    /** The database is right: what it has not decided is read again, as far as the log still holds it. */
    void settle(KafkaConsumer<?, ?> consumer, TopicPartition partition, PartitionLane lane) {
        if (isGap()) {
            long start = consumer.beginningOffsets(Set.of(partition)).get(partition);
            if (start > nextOffset) {
                LOG.errorf(
                        "commands are lost, the log begins after what is decided partition=%s from=%d to=%d",
                        partition, nextOffset, start);
            } else {
                LOG.warnf("the database is behind, reading again partition=%s from=%d", partition, nextOffset);
            }
            consumer.seek(partition, Math.max(start, nextOffset));
            lane.goOnFrom(nextOffset);
            return;
        }
        long end = consumer.endOffsets(Set.of(partition)).get(partition);
        if (end < nextOffset) {
            LOG.errorf(
                    "the log ends before what is decided, new commands are taken for repeats partition=%s end=%d"
                            + " nextOffset=%d",
                    partition, end, nextOffset);
        }
    }
}
