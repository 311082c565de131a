package io.livesale.order;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One order as decided so far. Each move makes the next state and throws {@link IllegalStateException} where DOMAIN.md
 * has no arrow.
 *
 * @param total price times quantity; absent when the offer was unknown
 * @param acceptedAt when the log took the order
 * @param payBy end of the payment window; absent unless it was reserved
 * @param paymentId of the captured payment, also of one that is given back
 * @param completeAt end of the after-sales window; absent unless it was delivered
 * @param refunds asked for so far, refused ones included
 * @param sequence how many events it has had
 * @param traceparent the trace it was placed in, to which all that happens to it belongs
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
        @Nullable Shipment shipment,
        @Nullable Instant completeAt,
        List<Refund> refunds,
        int sequence,
        @Nullable String traceparent) {

    /** Where an order stands; RECEIVED orders are in the log only. */
    public enum Status {
        RECEIVED,
        RESERVED,
        REJECTED,
        EXPIRED,
        CANCELLED,
        PAID,
        SHIPPED,
        DELIVERED,
        COMPLETED,
        REFUNDED;

        private static final Set<Status> CANCELLABLE = Set.of(RESERVED, PAID);
        private static final Set<Status> CONFIRMABLE = Set.of(SHIPPED, DELIVERED);
        private static final Set<Status> REFUNDABLE = Set.of(PAID, SHIPPED, DELIVERED, COMPLETED);
        private static final Set<Status> WITHOUT_UNITS = Set.of(REJECTED, EXPIRED, CANCELLED);
        private static final Set<Status> FINAL = Set.of(REJECTED, EXPIRED, CANCELLED, COMPLETED, REFUNDED);

        /** By its buyer: before payment or before shipping. */
        public boolean isCancellable() {
            return CANCELLABLE.contains(this);
        }

        /** Whether its buyer may say that the goods are here. */
        public boolean isConfirmable() {
            return CONFIRMABLE.contains(this);
        }

        public boolean isRefundable() {
            return REFUNDABLE.contains(this);
        }

        /** Whether money captured now has to go back. */
        boolean isWithoutUnits() {
            return WITHOUT_UNITS.contains(this);
        }

        /** Whether nothing more happens to it by itself; a completed order may still be refunded. */
        public boolean isFinal() {
            return FINAL.contains(this);
        }
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

    /** With whom the goods travel. */
    public record Shipment(String carrier, String trackingNumber) {
        public Shipment {
            Text.requireStorable(carrier);
            Text.requireStorable(trackingNumber);
        }
    }

    /**
     * Money given back, or refused to be.
     *
     * @param refundId its own within the order
     * @param restock whether the units it pays for went back on sale
     * @param restockedUnits whole units that did
     * @param refused because more was asked for than was left
     */
    public record Refund(String refundId, Money amount, boolean restock, int restockedUnits, boolean refused) {}

    public Order {
        Objects.requireNonNull(orderId);
        refunds = List.copyOf(refunds);
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
                null,
                null,
                List.of(),
                1,
                place.traceparent());
    }

    Order expire() {
        require(status == Status.RESERVED);
        return next(Status.EXPIRED, paymentId, shipment, completeAt, refunds);
    }

    Order cancel() {
        require(status.isCancellable());
        return next(Status.CANCELLED, paymentId, shipment, completeAt, refunds);
    }

    Order pay(UUID payment) {
        require(status == Status.RESERVED);
        return next(Status.PAID, payment, shipment, completeAt, refunds);
    }

    /** Remembers a payment that came too late and goes back. */
    Order returnPayment(UUID payment) {
        require(status.isWithoutUnits() && paymentId == null);
        return next(status, payment, shipment, completeAt, refunds);
    }

    Order ship(Shipment with) {
        require(status == Status.PAID);
        return next(Status.SHIPPED, paymentId, with, completeAt, refunds);
    }

    Order deliver(Instant afterSalesEnd) {
        require(status == Status.SHIPPED);
        return next(Status.DELIVERED, paymentId, shipment, afterSalesEnd, refunds);
    }

    Order complete() {
        require(status == Status.DELIVERED || status == Status.PAID);
        return next(Status.COMPLETED, paymentId, shipment, completeAt, refunds);
    }

    /** Gives money back; a cancelled order stays cancelled, any other is REFUNDED once nothing is left. */
    Order refund(Refund refund) {
        require(status.isRefundable() || status == Status.CANCELLED);
        boolean all = refund.amount().equals(left().orElseThrow());
        Status then = all && status != Status.CANCELLED ? Status.REFUNDED : status;
        return next(then, paymentId, shipment, completeAt, with(refund));
    }

    Order refuse(Refund refund) {
        return next(status, paymentId, shipment, completeAt, with(refund));
    }

    private List<Refund> with(Refund refund) {
        return Stream.concat(refunds.stream(), Stream.of(refund)).toList();
    }

    private Order next(
            Status then,
            @Nullable UUID payment,
            @Nullable Shipment with,
            @Nullable Instant afterSalesEnd,
            List<Refund> refundsThen) {
        return new Order(
                orderId,
                offerId,
                buyerId,
                quantity,
                then,
                reason,
                total,
                acceptedAt,
                payBy,
                payment,
                shipTo,
                with,
                afterSalesEnd,
                refundsThen,
                sequence + 1,
                traceparent);
    }

    private void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalStateException("order " + orderId + " is " + status);
        }
    }

    /** What of the total is not given back yet; empty when there is no total. */
    public Optional<Money> left() {
        return Optional.ofNullable(total)
                .map(whole -> granted().map(Refund::amount).reduce(whole, Money::minus));
    }

    /** Units that refunds have put back on sale. */
    int restockedUnits() {
        return granted().mapToInt(Refund::restockedUnits).sum();
    }

    /** Minor units given back for goods that went back on sale. */
    long restockedAmount() {
        return granted()
                .filter(Refund::restock)
                .mapToLong(refund -> refund.amount().amount())
                .sum();
    }

    boolean knowsRefund(String refundId) {
        return refunds.stream().anyMatch(refund -> refund.refundId().equals(refundId));
    }

    private Stream<Refund> granted() {
        return refunds.stream().filter(refund -> !refund.refused());
    }
}
