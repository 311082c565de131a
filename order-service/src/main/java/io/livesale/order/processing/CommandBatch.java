package io.livesale.order.processing;

import io.livesale.order.EventSender.Unreadable;
import io.livesale.order.OrderCommand;
import java.util.List;

/**
 * One partition's share of a poll, in log order.
 *
 * @param firstOffset of the first record, readable or not
 * @param endOffset one past the last record
 */
record CommandBatch(
        int partition, long firstOffset, long endOffset, List<Entry> commands, List<Unreadable> unreadable) {
    /** A command and where it stands. */
    record Entry(long offset, OrderCommand command) {}
}
