package io.livesale.order;

import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.CompleteOrder;
import io.livesale.order.OrderCommand.ConfirmReceipt;
import io.livesale.order.OrderCommand.DeliverOrder;
import io.livesale.order.OrderCommand.ExpireOrder;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Commands as records of the log, {@code order-commands.v1}; the log is private, so its types have no contract. */
public final class CommandCodec {
    public static final String TOPIC = "order-commands.v1";

    private static final Map<String, Class<? extends OrderCommand>> TYPES = Map.ofEntries(
            Map.entry("open-offer", OpenOffer.class),
            Map.entry("close-offer", CloseOffer.class),
            Map.entry("place-order", PlaceOrder.class),
            Map.entry("pay-order", PayOrder.class),
            Map.entry("cancel-order", CancelOrder.class),
            Map.entry("expire-order", ExpireOrder.class),
            Map.entry("ship-order", ShipOrder.class),
            Map.entry("deliver-order", DeliverOrder.class),
            Map.entry("confirm-receipt", ConfirmReceipt.class),
            Map.entry("complete-order", CompleteOrder.class),
            Map.entry("refund-order", RefundOrder.class));
    private static final Map<Class<? extends OrderCommand>, String> NAMES =
            TYPES.entrySet().stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey));

    private CommandCodec() {}

    /** The record to append: keyed by offer, so that everything about an offer has one order. */
    public static CloudEvent encode(OrderCommand command) {
        String type = NAMES.get(command.getClass());
        return new CloudEvent(
                TOPIC,
                command.offerId().toString(),
                command.subject() + "." + type,
                type,
                command.at(),
                Json.writeBytes(command),
                null);
    }

    /** Throws {@link UnreadableRecordException} when the record is no command. */
    public static OrderCommand decode(ConsumerRecord<String, byte[]> entry) {
        String type = CloudEvent.typeOf(entry.headers());
        Class<? extends OrderCommand> commandClass = TYPES.get(type);
        if (commandClass == null) {
            throw new UnreadableRecordException("unknown command type " + type);
        }
        OrderCommand command = Json.read(entry.value(), commandClass);
        if (!command.offerId().toString().equals(entry.key())) {
            throw new UnreadableRecordException("the key is not the command's offer");
        }
        return command;
    }
}
