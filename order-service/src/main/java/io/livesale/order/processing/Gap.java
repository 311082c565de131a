package io.livesale.order.processing;

import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commands that were passed on to be decided and that the database knows nothing of: as after the database was replaced
 * by an older copy of itself.
 *
 * @param from the first of them, the database's next to decide
 * @param to one past the last of them
 */
record Gap(long from, long to) {
    private static final Logger LOG = Logger.getLogger(Gap.class);

    /** The database is right: they are read again, as far as the log still holds them. */
    void readAgain(KafkaConsumer<?, ?> consumer, TopicPartition partition) {
        long start = consumer.beginningOffsets(Set.of(partition)).get(partition);
        if (start > from) {
            LOG.errorf(
                    "commands are lost, the log begins after what is decided partition=%s from=%d to=%d",
                    partition, from, start);
        } else {
            LOG.warnf("the database is behind, reading again partition=%s from=%d to=%d", partition, from, to);
        }
        consumer.seek(partition, Math.max(start, from));
    }
}
