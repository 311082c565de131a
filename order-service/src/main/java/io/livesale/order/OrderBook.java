package io.livesale.order;

import io.livesale.order.Order.Rejection;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules: commands in the log's order in, events out, first come first served. Holds the offers, orders and buyers'
 * units that the commands at hand touch; does no I/O and asks no clock, so the same log always gives the same book,
 * however it is cut into batches. A command that was decided before changes nothing.
 */
public final class OrderBook {
    /** One buyer at one offer. */
    public record Allowance(UUID offerId, String buyerId) {}

    private final Duration paymentWindow;
    private final Map<UUID, Offer> offers = new LinkedHashMap<>();
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Map<Allowance, Integer> unitsHeld = new LinkedHashMap<>();

    /** @param paymentWindow how long a reservation waits for its payment, counted from its acceptance */
    public OrderBook(Duration paymentWindow) {
        this.paymentWindow = paymentWindow;
    }

    /** Brings in what earlier commands left. */
    public void load(Collection<Offer> earlierOffers, Collection<Order> earlierOrders, Map<Allowance, Integer> held) {
        earlierOffers.forEach(offer -> offers.put(offer.id(), offer));
        earlierOrders.forEach(order -> orders.put(order.orderId(), order));
        unitsHeld.putAll(held);
    }

    /** Decides one command and keeps the result; empty when it changes no order. */
    public Optional<OrderEvent> decide(OrderCommand command) {
        if (command instanceof PlaceOrder place) {
            return place(place);
        }
        if (command instanceof PayOrder pay) {
            return pay(pay);
        }
        if (command instanceof OpenOffer open) {
            offers.computeIfAbsent(open.offerId(), id -> Offer.opened(open.terms()));
        } else if (command instanceof CloseOffer close) {
            offers.compute(close.offerId(), (id, offer) -> closed(offer, close));
        }
        return Optional.empty();
    }

    private static Offer closed(@Nullable Offer offer, CloseOffer close) {
        if (offer == null) {
            return Offer.neverOpened(close.terms());
        }
        return offer.status() == Offer.Status.OPEN ? offer.close() : offer;
    }

    private Optional<OrderEvent> place(PlaceOrder place) {
        if (orders.containsKey(place.orderId())) {
            return Optional.empty();
        }
        Offer offer = offers.get(place.offerId());
        if (offer == null) {
            return Optional.of(reject(place, Rejection.OFFER_UNKNOWN, null));
        }
        Money total = offer.terms().price().times(place.quantity());
        if (!offer.takesOrdersAt(place.at())) {
            return Optional.of(reject(place, Rejection.OFFER_CLOSED, total));
        }
        if (exceedsLimit(offer, place)) {
            return Optional.of(reject(place, Rejection.LIMIT_EXCEEDED, total));
        }
        if (!offer.has(place.quantity())) {
            return Optional.of(reject(place, Rejection.SOLD_OUT, total));
        }
        return Optional.of(reserve(place, offer, total));
    }

    private boolean exceedsLimit(Offer offer, PlaceOrder place) {
        Integer limit = offer.terms().perBuyerLimit();
        return limit != null && (long) unitsHeld(place) + place.quantity() > limit;
    }

    private int unitsHeld(PlaceOrder place) {
        return unitsHeld.getOrDefault(new Allowance(place.offerId(), place.buyerId()), 0);
    }

    private OrderRejected reject(PlaceOrder place, Rejection reason, @Nullable Money total) {
        orders.put(place.orderId(), Order.rejected(place, reason, total));
        return new OrderRejected(
                place.orderId(), place.offerId(), place.buyerId(), place.quantity(), total, reason, place.at());
    }

    private OrderReserved reserve(PlaceOrder place, Offer offer, Money total) {
        Order order = Order.reserved(place, total, place.at().plus(paymentWindow));
        orders.put(order.orderId(), order);
        offers.put(offer.id(), offer.reserve(place.quantity()));
        if (offer.terms().perBuyerLimit() != null) {
            unitsHeld.merge(new Allowance(offer.id(), place.buyerId()), place.quantity(), Integer::sum);
        }
        OfferTerms terms = offer.terms();
        return new OrderReserved(
                order.orderId(),
                offer.id(),
                terms.sessionId(),
                terms.productId(),
                terms.kind(),
                order.buyerId(),
                order.quantity(),
                total,
                order.payBy(),
                place.at());
    }

    private Optional<OrderEvent> pay(PayOrder pay) {
        Order order = orders.get(pay.orderId());
        Offer offer = offers.get(pay.offerId());
        if (order == null || offer == null || order.status() != Order.Status.RESERVED) {
            return Optional.empty();
        }
        Order paid = order.pay(pay.paymentId());
        orders.put(paid.orderId(), paid);
        offers.put(offer.id(), offer.sell(paid.quantity()));
        OfferTerms terms = offer.terms();
        return Optional.of(new OrderPaid(
                paid.orderId(),
                offer.id(),
                terms.sessionId(),
                terms.productId(),
                terms.kind(),
                paid.buyerId(),
                paid.quantity(),
                paid.total(),
                pay.paymentId(),
                terms.sellerId(),
                terms.creatorId(),
                terms.county(),
                terms.commissionBasisPoints(),
                terms.settlementProfile(),
                pay.at()));
    }

    public Optional<Offer> findOffer(UUID offerId) {
        return Optional.ofNullable(offers.get(offerId));
    }

    /** The offer as it stands; throws when the book does not hold it. */
    public Offer offer(UUID offerId) {
        return require(offers.get(offerId), offerId);
    }

    /** The order as it stands; throws when the book does not hold it. */
    public Order order(UUID orderId) {
        return require(orders.get(orderId), orderId);
    }

    /** Every order in the book. */
    public Collection<Order> orders() {
        return orders.values();
    }

    /** Units a buyer holds; counted only for offers with a limit. */
    public Optional<Integer> unitsHeld(Allowance allowance) {
        return Optional.ofNullable(unitsHeld.get(allowance));
    }

    private static <T> T require(@Nullable T found, UUID id) {
        if (found == null) {
            throw new IllegalStateException("not in the book: " + id);
        }
        return found;
    }
}
