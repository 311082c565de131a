package io.livesale.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.Order.Refund;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.Order.Shipment;
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
 * @param shipTo its seller sees it only while there is something to send, or once it was sent
 * @param completeAt end of the after-sales window
 * @param refunds asked for so far; absent where none was
 * @param queue only while the order is in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
        UUID orderId,
        UUID offerId,
        @Nullable String buyerId,
        int quantity,
        Order.Status status,
        Order.@Nullable Rejection reason,
        @Nullable Money total,
        @Nullable Instant payBy,
        @Nullable ShipTo shipTo,
        @Nullable Shipment shipment,
        @Nullable Instant completeAt,
        @Nullable List<Refund> refunds,
        @Nullable Queue queue,
        List<TimelineEntry> timeline) {

    /** An order that is in the log and not yet decided. */
    public static OrderView received(UUID orderId, Receipt receipt, long ahead) {
        return inBrief(
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
        return inBrief(
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
        return inBrief(
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

    /** As its offer's seller may see it, who learns where its buyer lives only if there is, or was, something to send. */
    public OrderView shownToSeller(String sellerId) {
        return status.isRefundable() || shipment != null || sellerId.equals(buyerId) ? this : withoutAddress();
    }

    private OrderView withoutAddress() {
        return new OrderView(
                orderId,
                offerId,
                buyerId,
                quantity,
                status,
                reason,
                total,
                payBy,
                null,
                shipment,
                completeAt,
                refunds,
                queue,
                timeline);
    }

    private static OrderView inBrief(
            UUID orderId,
            UUID offerId,
            int quantity,
            Order.Status status,
            Order.@Nullable Rejection reason,
            @Nullable Money total,
            @Nullable Instant payBy,
            @Nullable Queue queue,
            List<TimelineEntry> timeline) {
        return new OrderView(
                orderId, offerId, null, quantity, status, reason, total, payBy, null, null, null, null, queue,
                timeline);
    }

    /** @param ahead commands in the log to be decided before this order */
    public record Queue(long ahead) {}
}
