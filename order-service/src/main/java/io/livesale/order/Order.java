package io.livesale.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order as decided so far.
 *
 * @param total price times quantity; absent when the offer was unknown
 * @param acceptedAt when the log took the order
 * @param payBy end of the payment window; absent unless it was reserved
 * @param sequence how many events it has had; numbers the next one
 */
public record Order(
        UUID orderId,
        UUID offerId,
        String buyerId,
        int quantity,
        Status status,
        @Nullable Rejection reason,
        @Nullable Money total,
        Instant acceptedAt,
        @Nullable Instant payBy,
        @Nullable UUID paymentId,
        @Nullable ShipTo shipTo,
        int sequence) {

    /** Where an order stands; RECEIVED orders are in the log only. */
    public enum Status {
        RECEIVED,
        RESERVED,
        REJECTED,
        PAID
    }

    /** Why an order was not reserved. */
    public enum Rejection {
        SOLD_OUT,
        LIMIT_EXCEEDED,
        OFFER_CLOSED,
        OFFER_UNKNOWN
    }

    /** Where the goods go. Personal: never leaves this service. */
    public record ShipTo(String name, String phone, String address) {
        public ShipTo {
            Text.requireStorable(name);
            Text.requireStorable(phone);
            Text.requireStorable(address);
        }
    }

    static Order reserved(OrderCommand.PlaceOrder place, Money total, Instant payBy) {
        return placed(place, Status.RESERVED, null, total, payBy);
    }

    static Order rejected(OrderCommand.PlaceOrder place, Rejection reason, @Nullable Money total) {
        return placed(place, Status.REJECTED, reason, total, null);
    }

    private static Order placed(
            OrderCommand.PlaceOrder place,
            Status status,
            @Nullable Rejection reason,
            @Nullable Money total,
            @Nullable Instant payBy) {
        return new Order(
                place.orderId(),
                place.offerId(),
                place.buyerId(),
                place.quantity(),
                status,
                reason,
                total,
                place.at(),
                payBy,
                null,
                place.shipTo(),
                1);
    }

    Order pay(UUID payment) {
        return new Order(
                orderId,
                offerId,
                buyerId,
                quantity,
                Status.PAID,
                null,
                total,
                acceptedAt,
                payBy,
                payment,
                shipTo,
                sequence + 1);
    }
}
