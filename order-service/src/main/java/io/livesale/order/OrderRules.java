package io.livesale.order;

import io.livesale.order.Order.Refund;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.CompleteOrder;
import io.livesale.order.OrderCommand.ConfirmReceipt;
import io.livesale.order.OrderCommand.DeliverOrder;
import io.livesale.order.OrderCommand.ExpireOrder;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import io.livesale.order.OrderEvent.OrderCancelled;
import io.livesale.order.OrderEvent.OrderCompleted;
import io.livesale.order.OrderEvent.OrderDelivered;
import io.livesale.order.OrderEvent.OrderExpired;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderShipped;
import io.livesale.order.OrderEvent.PaymentReturned;
import io.livesale.order.OrderEvent.RefundRefused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a command makes of an order that was placed, and of its offer. No I/O, no clock. */
final class OrderRules {
    /** Our own refunds; a seller's id never starts like that. */
    static final String OF_CANCELLATION = "system:cancellation";

    static final String OF_LATE_PAYMENT = "system:late-payment";

    private final OrderWindows windows;

    OrderRules(OrderWindows windows) {
        this.windows = windows;
    }

    /**
     * The next state and how it came about.
     *
     * @param events empty when the command has no effect; as many as the order's sequence grew
     */
    record Change(Order order, Offer offer, List<OrderEvent> events) {
        private Change and(Change after) {
            return new Change(
                    after.order,
                    after.offer,
                    Stream.concat(events.stream(), after.events.stream()).toList());
        }
    }

    Change decide(Order order, Offer offer, OrderChange command) {
        Change none = new Change(order, offer, List.of());
        Status status = order.status();
        if (command instanceof PayOrder pay) {
            return pay(none, pay);
        }
        if (command instanceof CancelOrder cancel) {
            return status.isCancellable() ? cancel(none, cancel) : none;
        }
        if (command instanceof ExpireOrder expire) {
            boolean due = status == Status.RESERVED && !expire.at().isBefore(Objects.requireNonNull(order.payBy()));
            return due ? expire(none, expire) : none;
        }
        if (command instanceof ShipOrder ship) {
            return status == Status.PAID ? ship(none, ship) : none;
        }
        if (command instanceof DeliverOrder deliver) {
            return status == Status.SHIPPED ? deliver(none, deliver.at()) : none;
        }
        if (command instanceof ConfirmReceipt confirm) {
            return status.isConfirmable() ? confirm(none, confirm) : none;
        }
        if (command instanceof CompleteOrder complete) {
            boolean due =
                    status == Status.DELIVERED && !complete.at().isBefore(Objects.requireNonNull(order.completeAt()));
            return due ? complete(none, complete.at()) : none;
        }
        RefundOrder refund = (RefundOrder) command;
        return order.knowsRefund(refund.refundId()) ? none : refund(none, refund);
    }

    private static Change pay(Change before, PayOrder pay) {
        Order order = before.order();
        if (order.status().isWithoutUnits() && order.paymentId() == null && order.total() != null) {
            return returnPayment(before, pay);
        }
        if (order.status() != Status.RESERVED) {
            return before;
        }
        Order paid = order.pay(pay.paymentId());
        Offer offer = before.offer().sell(paid.quantity(), total(paid));
        OfferTerms terms = offer.terms();
        OrderPaid event = new OrderPaid(
                paid.orderId(),
                offer.id(),
                terms.sessionId(),
                terms.productId(),
                terms.kind(),
                paid.buyerId(),
                paid.quantity(),
                total(paid),
                pay.paymentId(),
                terms.sellerId(),
                terms.creatorId(),
                terms.county(),
                terms.commissionBasisPoints(),
                terms.settlementProfile(),
                pay.at());
        Change change = new Change(paid, offer, List.of(event));
        // Nothing is shipped of a gift: its creator has it once it is paid.
        return terms.kind() == OfferTerms.Kind.GIFT ? change.and(complete(change, pay.at())) : change;
    }

    private static Change returnPayment(Change before, PayOrder pay) {
        Order order = before.order().returnPayment(pay.paymentId());
        return changed(
                before,
                order,
                new PaymentReturned(
                        order.orderId(),
                        order.offerId(),
                        order.buyerId(),
                        pay.paymentId(),
                        OF_LATE_PAYMENT,
                        total(order),
                        pay.at()));
    }

    private static Change expire(Change before, ExpireOrder expire) {
        Order order = before.order().expire();
        OrderExpired event = new OrderExpired(
                order.orderId(), order.offerId(), order.buyerId(), order.quantity(), total(order), expire.at());
        return new Change(order, before.offer().release(order.quantity()), List.of(event));
    }

    private static Change cancel(Change before, CancelOrder cancel) {
        boolean paid = before.order().status() == Status.PAID;
        Order order = before.order().cancel();
        OrderCancelled event = new OrderCancelled(
                order.orderId(), order.offerId(), order.buyerId(), order.quantity(), total(order), cancel.at());
        if (!paid) {
            return new Change(order, before.offer().release(order.quantity()), List.of(event));
        }
        Change cancelled = new Change(order, before.offer(), List.of(event));
        int units = order.quantity() - order.restockedUnits();
        return cancelled.and(giveBack(
                cancelled,
                new Refund(OF_CANCELLATION, order.left().orElseThrow(), true, units, false),
                "cancelled",
                order.buyerId(),
                cancel.at()));
    }

    private static Change ship(Change before, ShipOrder ship) {
        Order order = before.order().ship(ship.shipment());
        return changed(
                before,
                order,
                new OrderShipped(
                        order.orderId(),
                        order.offerId(),
                        order.buyerId(),
                        ship.shipment().carrier(),
                        ship.shipment().trackingNumber(),
                        ship.at()));
    }

    private Change deliver(Change before, Instant at) {
        Instant completeAt = at.plus(windows.afterSales());
        Order order = before.order().deliver(completeAt);
        return changed(
                before, order, new OrderDelivered(order.orderId(), order.offerId(), order.buyerId(), completeAt, at));
    }

    /** Whoever holds the goods in hand knows that they were delivered. */
    private Change confirm(Change before, ConfirmReceipt confirm) {
        if (before.order().status() == Status.DELIVERED) {
            return complete(before, confirm.at());
        }
        Change delivered = deliver(before, confirm.at());
        return delivered.and(complete(delivered, confirm.at()));
    }

    private static Change complete(Change before, Instant at) {
        Order order = before.order().complete();
        return changed(before, order, new OrderCompleted(order.orderId(), order.offerId(), order.buyerId(), at));
    }

    private static Change refund(Change before, RefundOrder refund) {
        Order order = before.order();
        if (!mayRefund(order, refund.amount())) {
            return changed(
                    before,
                    order.refuse(new Refund(refund.refundId(), refund.amount(), false, 0, true)),
                    new RefundRefused(
                            order.orderId(),
                            order.offerId(),
                            order.buyerId(),
                            refund.refundId(),
                            refund.amount(),
                            refund.at()));
        }
        boolean restock = refund.restock() && before.offer().terms().kind() == OfferTerms.Kind.PRODUCT;
        int units = restock ? unitsFor(before, refund) : 0;
        return giveBack(
                before,
                new Refund(refund.refundId(), refund.amount(), restock, units, false),
                refund.reason(),
                refund.by(),
                refund.at());
    }

    private static boolean mayRefund(Order order, Money amount) {
        return order.status().isRefundable()
                && order.left()
                        .filter(left -> left.currency().equals(amount.currency()) && !amount.isMoreThan(left))
                        .isPresent();
    }

    /** Whole units that what was given back for restocking pays for by now, less those that are back already. */
    private static int unitsFor(Change before, RefundOrder refund) {
        Order order = before.order();
        long price = before.offer().terms().price().amount();
        long units = (order.restockedAmount() + refund.amount().amount()) / price;
        return Math.toIntExact(units) - order.restockedUnits();
    }

    private static Change giveBack(Change before, Refund refund, String reason, @Nullable String by, Instant at) {
        Order order = before.order().refund(refund);
        Money leftBefore = before.order().left().orElseThrow();
        Money left = order.left().orElseThrow();
        OrderRefunded event = new OrderRefunded(
                order.orderId(),
                order.offerId(),
                order.buyerId(),
                Objects.requireNonNull(order.paymentId()),
                refund.refundId(),
                refund.amount(),
                left,
                refund.restockedUnits(),
                reason,
                by,
                at);
        Offer offer = before.offer().refund(refund.restockedUnits(), leftBefore, left);
        return new Change(order, offer, List.of(event));
    }

    private static Change changed(Change before, Order order, OrderEvent event) {
        return new Change(order, before.offer(), List.of(event));
    }

    private static Money total(Order order) {
        return Objects.requireNonNull(order.total());
    }
}
