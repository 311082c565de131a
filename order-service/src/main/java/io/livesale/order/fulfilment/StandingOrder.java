package io.livesale.order.fulfilment;

import io.livesale.order.InvalidField;
import io.livesale.order.Money;
import io.livesale.order.Order.Refund;
import io.livesale.order.Order.Shipment;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.ConfirmReceipt;
import io.livesale.order.OrderCommand.DeliverOrder;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import io.livesale.order.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the database has it, and what may be asked of it. Each request answers with the command to append, with
 * nothing when it is decided already, or with the {@link Problem} that stands against it. The log may have moved on
 * meanwhile and has the last word.
 *
 * @param completeAt there once it was delivered
 */
record StandingOrder(
        UUID orderId,
        UUID offerId,
        Status status,
        @Nullable Money total,
        @Nullable Shipment shipment,
        @Nullable Instant completeAt,
        List<Refund> refunds) {

    Optional<OrderChange> cancel(Instant at) {
        if (status == Status.CANCELLED) {
            return Optional.empty();
        }
        require(status.isCancellable(), Problem.ORDER_NOT_CANCELLABLE);
        return Optional.of(new CancelOrder(orderId, offerId, at));
    }

    Optional<OrderChange> ship(Shipment with, Instant at) {
        if (with.equals(shipment)) {
            return Optional.empty();
        }
        require(status == Status.PAID, Problem.ORDER_NOT_SHIPPABLE);
        return Optional.of(new ShipOrder(orderId, offerId, with, at));
    }

    Optional<OrderChange> deliver(Instant at) {
        if (completeAt != null) {
            return Optional.empty();
        }
        require(status == Status.SHIPPED, Problem.ORDER_NOT_DELIVERABLE);
        return Optional.of(new DeliverOrder(orderId, offerId, at));
    }

    Optional<OrderChange> confirmReceipt(Instant at) {
        if (status == Status.COMPLETED) {
            return Optional.empty();
        }
        require(status.isConfirmable(), Problem.ORDER_NOT_CONFIRMABLE);
        return Optional.of(new ConfirmReceipt(orderId, offerId, at));
    }

    Optional<OrderChange> refund(String refundId, Money amount, String reason, boolean restock, String by, Instant at) {
        Optional<Refund> earlier = refunds.stream()
                .filter(refund -> refund.refundId().equals(refundId))
                .findFirst();
        if (earlier.isPresent()) {
            requireSame(earlier.get(), amount);
            return Optional.empty();
        }
        Money left = left();
        if (!amount.currency().equals(left.currency())) {
            throw new InvalidField("amount.currency", "must be " + left.currency());
        }
        if (amount.isMoreThan(left)) {
            throw Problem.REFUND_TOO_LARGE.because("At most " + left.amount() + " minor units are left.");
        }
        return Optional.of(new RefundOrder(orderId, offerId, refundId, amount, reason, restock, by, at));
    }

    private static void requireSame(Refund earlier, Money amount) {
        if (!earlier.amount().equals(amount)) {
            throw Problem.IDEMPOTENCY_KEY_REUSED.because("This refundId stands for another amount of this order.");
        }
        if (earlier.refused()) {
            throw Problem.REFUND_TOO_LARGE.because("This refund came to be decided when less than that was left.");
        }
    }

    /** What of the total is not given back yet. */
    private Money left() {
        require(status.isRefundable() || status == Status.REFUNDED, Problem.ORDER_NOT_REFUNDABLE);
        return refunds.stream()
                .filter(refund -> !refund.refused())
                .map(Refund::amount)
                .reduce(Optional.ofNullable(total).orElseThrow(), Money::minus);
    }

    private void require(boolean allowed, Problem otherwise) {
        if (!allowed) {
            throw otherwise.because("The order is " + status + ".");
        }
    }
}
