package io.livesale.payout.impact;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record is no event, or one that cannot be true. Carries no stack trace: it is an answer, not a fault. */
final class UnreadableEvent extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConsumerRecord<byte[], byte[]> source;
    private final String reason;

    UnreadableEvent(ConsumerRecord<byte[], byte[]> source, String reason) {
        super(reason, null, false, false);
        this.source = source;
        this.reason = reason;
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    String reason() {
        return reason;
    }
}
