package io.livesale.payout.posting;

import io.livesale.payout.OrderEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a record of orders.v1 turned out to be. */
sealed interface Reading {
    /** Something about an order's money. {@code cause} is the event's id. */
    record Told(ConsumerRecord<byte[], byte[]> source, String cause, OrderEvent event) implements Reading {
        Unreadable refused(String reason) {
            return new Unreadable(source, reason);
        }
    }

    /** An event without money in it. */
    record Skipped() implements Reading {}

    /** No event at all, or one that cannot be posted. */
    record Unreadable(ConsumerRecord<byte[], byte[]> source, String reason) implements Reading {}
}
