package io.livesale.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as its buyer, its seller and operators see it.
 *
 * @param payBy the order is held until then
 * @param queue only while the order is in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        UUID orderId,
        UUID offerId,
        int quantity,
        Order.Status status,
        Order.@Nullable Rejection reason,
        @Nullable Money total,
        @Nullable Instant payBy,
        @Nullable Queue queue,
        List<TimelineEntry> timeline) {

    /** An order that is in the log and not yet decided. */
    public static OrderView received(UUID orderId, Receipt receipt, long ahead) {
        return new OrderView(
                orderId,
                receipt.offerId(),
                receipt.quantity(),
                Order.Status.RECEIVED,
                null,
                null,
                null,
                new Queue(ahead),
                List.of(TimelineEntry.received(receipt.at())));
    }

    public static OrderView of(OrderReserved event) {
        return new OrderView(
                event.orderId(),
                event.offerId(),
                event.quantity(),
                Order.Status.RESERVED,
                null,
                event.total(),
                event.payBy(),
                null,
                List.of(TimelineEntry.received(event.at()), TimelineEntry.of(event)));
    }

    public static OrderView of(OrderRejected event) {
        return new OrderView(
                event.orderId(),
                event.offerId(),
                event.quantity(),
                Order.Status.REJECTED,
                event.reason(),
                event.total(),
                null,
                null,
                List.of(TimelineEntry.received(event.at()), TimelineEntry.of(event)));
    }

    /** @param ahead commands in the log to be decided before this order */
    public record Queue(long ahead) {}

    /**
     * One thing that happened.
     *
     * @param type the event's CloudEvents type, {@code order.paid}
     * @param at when its cause was accepted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TimelineEntry(String type, Instant at, Order.@Nullable Rejection reason) {
        /** The first entry of every order: the log took it. */
        public static TimelineEntry received(Instant acceptedAt) {
            return new TimelineEntry("order.received", acceptedAt, null);
        }

        public static TimelineEntry of(OrderEvent event) {
            Order.Rejection reason = event instanceof OrderEvent.OrderRejected rejected ? rejected.reason() : null;
            return new TimelineEntry(event.type(), event.at(), reason);
        }
    }
}
