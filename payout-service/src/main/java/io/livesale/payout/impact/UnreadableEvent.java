package io.livesale.payout.impact;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record is no event, or one that cannot be true. Carries no stack trace: it is an answer, not a fault. */
final class UnreadableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConsumerRecord<byte[], byte[]> source;

    UnreadableEvent(ConsumerRecord<byte[], byte[]> source, String reason) {
        super(reason, null, false, false);
        this.source = source;
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }
}
