package io.livesale.order;

import io.livesale.order.Order.Rejection;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands in the log's order in, events out, first come first served. Holds the offers, orders and buyers' units that
 * the commands at hand touch; does no I/O and asks no clock, so the same log always gives the same book, however it is
 * cut into batches. A command that was decided before changes nothing.
 */
public final class OrderBook {
    /** One buyer at one offer. */
    public record Allowance(UUID offerId, String buyerId) {
        public static Allowance of(Order order) {
            return new Allowance(order.offerId(), order.buyerId());
        }

        public static Allowance of(PlaceOrder place) {
            return new Allowance(place.offerId(), place.buyerId());
        }
    }

    private final OrderWindows windows;
    private final OrderRules rules;
    private final Map<UUID, Offer> offers = new LinkedHashMap<>();
    private final Map<UUID, Order> orders = new LinkedHashMap<>();
    private final Map<Allowance, Integer> unitsHeld = new LinkedHashMap<>();

    public OrderBook(OrderWindows windows) {
        this.windows = windows;
        this.rules = new OrderRules(windows);
    }

    /** Brings in what earlier commands left. */
    public void load(Collection<Offer> earlierOffers, Collection<Order> earlierOrders, Map<Allowance, Integer> held) {
        earlierOffers.forEach(offer -> offers.put(offer.id(), offer));
        earlierOrders.forEach(order -> orders.put(order.orderId(), order));
        unitsHeld.putAll(held);
    }

    /**
     * Decides one command and keeps the result.
     *
     * @return what it did to its order, each the next in the order's sequence; empty when it changes no order
     */
    public List<OrderEvent> decide(OrderCommand command) {
        if (command instanceof PlaceOrder place) {
            return orders.containsKey(place.orderId()) ? List.of() : List.of(place(place));
        }
        if (command instanceof OrderChange change) {
            return change(change);
        }
        if (command instanceof OpenOffer open) {
            offers.computeIfAbsent(open.offerId(), id -> Offer.opened(open.terms()));
        } else if (command instanceof CloseOffer close) {
            offers.compute(close.offerId(), (id, offer) -> closed(offer, close));
        }
        return List.of();
    }

    private static Offer closed(@Nullable Offer offer, CloseOffer close) {
        if (offer == null) {
            return Offer.neverOpened(close.terms());
        }
        return offer.status() == Offer.Status.OPEN ? offer.close() : offer;
    }

    private OrderEvent place(PlaceOrder place) {
        Offer offer = offers.get(place.offerId());
        if (offer == null) {
            return reject(place, Rejection.OFFER_UNKNOWN, null);
        }
        Money total = offer.terms().price().times(place.quantity());
        Optional<Rejection> rejection = rejection(place, offer);
        if (rejection.isEmpty()) {
            return reserve(place, offer, total);
        }
        offers.put(offer.id(), offer.reject());
        return reject(place, rejection.get(), total);
    }

    private Optional<Rejection> rejection(PlaceOrder place, Offer offer) {
        if (!offer.takesOrdersAt(place.at())) {
            return Optional.of(Rejection.OFFER_CLOSED);
        }
        if (exceedsLimit(offer, place)) {
            return Optional.of(Rejection.LIMIT_EXCEEDED);
        }
        return offer.has(place.quantity()) ? Optional.empty() : Optional.of(Rejection.SOLD_OUT);
    }

    private boolean exceedsLimit(Offer offer, PlaceOrder place) {
        Integer limit = offer.terms().perBuyerLimit();
        return limit != null && (long) unitsHeld(place) + place.quantity() > limit;
    }

    private int unitsHeld(PlaceOrder place) {
        return unitsHeld.getOrDefault(Allowance.of(place), 0);
    }

    private OrderRejected reject(PlaceOrder place, Rejection reason, @Nullable Money total) {
        orders.put(place.orderId(), Order.rejected(place, reason, total));
        return new OrderRejected(
                place.orderId(), place.offerId(), place.buyerId(), place.quantity(), total, reason, place.at());
    }

    private OrderReserved reserve(PlaceOrder place, Offer offer, Money total) {
        Order order = Order.reserved(place, total, place.at().plus(windows.payment()));
        keep(order, offer, offer.reserve(place.quantity()));
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

    private List<OrderEvent> change(OrderChange command) {
        Order order = orders.get(command.orderId());
        Offer offer = offers.get(command.offerId());
        if (order == null || offer == null || !order.offerId().equals(offer.id())) {
            return List.of();
        }
        OrderRules.Change change = rules.decide(order, offer, command);
        keep(change.order(), offer, change.offer());
        return change.events();
    }

    /** A buyer holds what is taken of the offer in their name, for as long as it is. */
    private void keep(Order order, Offer before, Offer after) {
        orders.put(order.orderId(), order);
        offers.put(after.id(), after);
        int more = Math.toIntExact(after.taken() - before.taken());
        if (more != 0 && after.terms().perBuyerLimit() != null) {
            unitsHeld.merge(Allowance.of(order), more, Integer::sum);
        }
    }

    public Optional<Offer> findOffer(UUID offerId) {
        return Optional.ofNullable(offers.get(offerId));
    }

    /** The offer as it stands; throws when the book does not hold it. */
    public Offer offer(UUID offerId) {
        return require(offers.get(offerId), offerId);
    }

    public Optional<Order> findOrder(UUID orderId) {
        return Optional.ofNullable(orders.get(orderId));
    }

    /** The order as it stands; throws when the book does not hold it. */
    public Order order(UUID orderId) {
        return require(orders.get(orderId), orderId);
    }

    /** Every offer in the book. */
    public Collection<Offer> offers() {
        return offers.values();
    }

    /** Every order in the book. */
    public Collection<Order> orders() {
        return orders.values();
    }

    /** Units a buyer holds; counted only for offers with a limit. */
    public Optional<Integer> unitsHeld(Allowance allowance) {
        return Optional.ofNullable(unitsHeld.get(allowance));
    }

    /** Units that buyers hold of the offers with a limit. */
    public Map<Allowance, Integer> unitsHeld() {
        return unitsHeld;
    }

    private static <T> T require(@Nullable T found, UUID id) {
        if (found == null) {
            throw new IllegalStateException("not in the book: " + id);
        }
        return found;
    }
}
