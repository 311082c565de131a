package io.livesale.order.processing;

import io.livesale.order.CommandCodec;
import io.livesale.order.EventSender.Unreadable;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of one partition, read, in log order.
 *
 * @param firstOffset of the first record, readable or not; or less, where the log holds nothing before that record
 * @param endOffset one past the last record
 */
record CommandBatch(
        int partition, long firstOffset, long endOffset, List<Entry> commands, List<Unreadable> unreadable) {
    /** A command and where it stands. */
    record Entry(long offset, OrderCommand command) {}

    /** @param records of one partition, at least one */
    static CommandBatch read(long firstOffset, List<ConsumerRecord<String, byte[]>> records) {
        List<Entry> commands = new ArrayList<>(records.size());
        List<Unreadable> unreadable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> entry : records) {
            try {
                commands.add(new Entry(entry.offset(), CommandCodec.decode(entry)));
            } catch (UnreadableRecordException e) {
                unreadable.add(new Unreadable(entry, e.getMessage()));
            }
        }
        ConsumerRecord<String, byte[]> last = records.get(records.size() - 1);
        return new CommandBatch(last.partition(), firstOffset, last.offset() + 1, commands, unreadable);
    }

    Set<UUID> offerIds() {
        return commands.stream().map(entry -> entry.command().offerId()).collect(Collectors.toSet());
    }

    /** Orders that are placed or changed. */
    Set<UUID> orderIds() {
        return Stream.concat(
                        commands(PlaceOrder.class).map(PlaceOrder::orderId),
                        commands(OrderChange.class).map(OrderChange::orderId))
                .collect(Collectors.toSet());
    }

    /** Of those who place orders. */
    Set<Allowance> placing() {
        return commands(PlaceOrder.class).map(Allowance::of).collect(Collectors.toSet());
    }

    /** Those of one kind. */
    <T extends OrderCommand> Stream<T> commands(Class<T> type) {
        return commands.stream().map(Entry::command).filter(type::isInstance).map(type::cast);
    }

    /** The commands at or after an offset. */
    List<Entry> from(long offset) {
        return commands.stream().filter(entry -> entry.offset() >= offset).toList();
    }
}
