package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderBook.Allowance;
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
import io.livesale.order.OrderEvent.OrderCancelled;
import io.livesale.order.OrderEvent.OrderExpired;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.PaymentReturned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Any sequence of commands, with repeats and in any order: the promises hold, and batches do not matter. */
class OrderBookPropertiesTest {
    private static final OrderWindows WINDOWS = new OrderWindows(Duration.ofMinutes(15), Duration.ofDays(7));
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONGER_THAN_ANY_WINDOW = Duration.ofDays(8);
    private static final int ALLOTMENT = 12;
    private static final int LIMIT = 4;
    private static final long PRICE = 1990;
    private static final OfferTerms OFFER = Terms.of(ALLOTMENT, LIMIT);
    private static final UUID ID = OFFER.offerId();

    /** What a reader of the events alone would believe: written anew here, from DOMAIN.md. */
    private static final class Reader {
        private final Map<UUID, Integer> outcomes = new HashMap<>();
        private final Map<UUID, Integer> reserved = new HashMap<>();
        private final Map<UUID, Integer> sold = new HashMap<>();
        private final Map<UUID, Long> captured = new HashMap<>();
        private final Map<UUID, String> buyers = new HashMap<>();

        private void read(OrderEvent event) {
            UUID id = event.orderId();
            if (event instanceof OrderReserved held) {
                outcomes.merge(id, 1, Integer::sum);
                reserved.put(id, held.quantity());
                buyers.put(id, held.buyerId());
            } else if (event instanceof OrderRejected) {
                outcomes.merge(id, 1, Integer::sum);
            } else if (event instanceof OrderExpired) {
                assertTrue(reserved.remove(id) != null, "only a reservation expires");
            } else if (event instanceof OrderCancelled) {
                assertTrue(reserved.remove(id) != null || sold.containsKey(id), "only what is held is cancelled");
            } else if (event instanceof OrderPaid paid) {
                sold.put(id, reserved.remove(id));
                captured.merge(id, paid.total().amount(), Long::sum);
            } else if (event instanceof OrderRefunded refunded) {
                sold.merge(id, -refunded.restockedUnits(), Integer::sum);
                long left = captured.merge(id, -refunded.amount().amount(), Long::sum);
                assertEquals(left, refunded.left().amount(), "the event says what is left");
            } else if (event instanceof PaymentReturned) {
                assertTrue(!reserved.containsKey(id) && !sold.containsKey(id), "nothing is held for returned money");
                assertEquals(null, captured.put(id, 0L), "returned once");
            }
        }

        private int total(Map<UUID, Integer> units) {
            return units.values().stream().mapToInt(Integer::intValue).sum();
        }

        private Map<String, Integer> byBuyer() {
            Map<String, Integer> units = new HashMap<>();
            reserved.forEach((id, count) -> units.merge(buyers.get(id), count, Integer::sum));
            sold.forEach((id, count) -> units.merge(buyers.get(id), count, Integer::sum));
            return units;
        }
    }

    @Property
    void neverOversellsLosesOrDecidesTwice(@ForAll("logs") List<OrderCommand> log) {
        OrderBook book = new OrderBook(WINDOWS);
        Reader reader = new Reader();
        Set<UUID> placed = log.stream()
                .filter(PlaceOrder.class::isInstance)
                .map(OrderCommand::subject)
                .collect(Collectors.toSet());

        for (OrderCommand command : log) {
            book.decide(command).forEach(reader::read);
            book.findOffer(ID).ifPresent(offer -> {
                assertEquals(reader.total(reader.reserved), offer.reserved());
                assertEquals(reader.total(reader.sold), offer.sold());
                assertEquals(ALLOTMENT, offer.remaining() + offer.reserved() + offer.sold());
                assertTrue(offer.remaining() >= 0);
            });
        }

        assertEquals(placed, reader.outcomes.keySet(), "every order has an outcome");
        assertTrue(reader.outcomes.values().stream().allMatch(count -> count == 1), "and only one");
        assertTrue(reader.captured.values().stream().allMatch(left -> left >= 0), "never more back than came in");
        reader.byBuyer().forEach((buyer, units) -> {
            assertTrue(units <= LIMIT, "the limit per buyer");
            assertEquals(units, book.unitsHeld(new Allowance(ID, buyer)).orElse(0));
        });
    }

    @Property
    void aRepeatedCommandChangesNothing(@ForAll("logs") List<OrderCommand> log) {
        OrderBook book = new OrderBook(WINDOWS);

        for (OrderCommand command : log) {
            book.decide(command);
            List<Order> orders = List.copyOf(book.orders());
            List<Offer> offers = List.copyOf(book.offers());
            assertEquals(List.of(), book.decide(command));
            assertEquals(orders, List.copyOf(book.orders()));
            assertEquals(offers, List.copyOf(book.offers()));
        }
    }

    @Property
    void numbersEachOrdersEventsWithoutGaps(@ForAll("logs") List<OrderCommand> log) {
        OrderBook book = new OrderBook(WINDOWS);
        Map<UUID, Integer> events = new HashMap<>();

        log.forEach(command -> {
            int caused = book.decide(command).size();
            if (caused > 0) {
                events.merge(command.subject(), caused, Integer::sum);
            }
        });

        book.orders().forEach(order -> assertEquals(events.get(order.orderId()), order.sequence()));
    }

    @Property
    void decidesTheSameHoweverTheLogIsCut(
            @ForAll("logs") List<OrderCommand> log, @ForAll @IntRange(min = 1, max = 7) int batchSize) {
        OrderBook whole = new OrderBook(WINDOWS);
        List<OrderEvent> expected = new ArrayList<>();
        log.forEach(command -> expected.addAll(whole.decide(command)));

        List<OrderEvent> events = new ArrayList<>();
        OrderBook last = new OrderBook(WINDOWS);
        for (int from = 0; from < log.size(); from += batchSize) {
            OrderBook next = continued(last);
            log.subList(from, Math.min(log.size(), from + batchSize))
                    .forEach(command -> events.addAll(next.decide(command)));
            last = next;
        }

        assertEquals(expected, events);
        assertEquals(whole.findOffer(ID), last.findOffer(ID));
        assertEquals(List.copyOf(whole.orders()), List.copyOf(last.orders()));
    }

    private static OrderBook continued(OrderBook before) {
        OrderBook next = new OrderBook(WINDOWS);
        Map<Allowance, Integer> units = new HashMap<>();
        before.orders().stream()
                .map(order -> new Allowance(order.offerId(), order.buyerId()))
                .forEach(allowance -> before.unitsHeld(allowance).ifPresent(held -> units.put(allowance, held)));
        next.load(before.offers(), before.orders(), units);
        return next;
    }

    /** An order's number fixes its buyer, not its quantity: a repeat may ask for something else. */
    @Provide
    Arbitrary<List<OrderCommand>> logs() {
        Arbitrary<UUID> orders = Arbitraries.integers().between(1, 15).map(number -> new UUID(7, number));
        Arbitrary<Instant> times = Arbitraries.of(NOON, NOON.plus(LONGER_THAN_ANY_WINDOW));
        Arbitrary<OrderCommand> place = Combinators.combine(
                        orders, Arbitraries.integers().between(1, 5))
                .as((id, quantity) ->
                        new PlaceOrder(id, ID, "buyer-" + id.getLeastSignificantBits() % 5, quantity, null, NOON));
        Arbitrary<OrderCommand> refund = Combinators.combine(
                        orders,
                        Arbitraries.of("r-1", "r-2", "r-3"),
                        Arbitraries.of(1L, PRICE - 1, PRICE, 2 * PRICE, 5 * PRICE),
                        Arbitraries.of(true, false))
                .as((id, refundId, fen, restock) ->
                        new RefundOrder(id, ID, refundId, new Money(fen, Terms.CNY), "sorry", restock, NOON));
        Arbitrary<OrderCommand> timed = Combinators.combine(orders, times, Arbitraries.of(true, false))
                .as((id, at, expire) -> expire ? new ExpireOrder(id, ID, at) : new CompleteOrder(id, ID, at));
        Arbitrary<OrderCommand> any = Arbitraries.frequencyOf(
                Tuple.of(20, place),
                Tuple.of(12, orders.map(id -> new PayOrder(id, ID, new UUID(9, id.getLeastSignificantBits()), NOON))),
                Tuple.of(4, orders.map(id -> new CancelOrder(id, ID, NOON))),
                Tuple.of(6, orders.map(id -> new ShipOrder(id, ID, new Shipment("SF", "1"), NOON))),
                Tuple.of(4, orders.map(id -> new DeliverOrder(id, ID, NOON))),
                Tuple.of(3, orders.map(id -> new ConfirmReceipt(id, ID, NOON))),
                Tuple.of(8, refund),
                Tuple.of(6, timed),
                Tuple.of(2, Arbitraries.just(new OpenOffer(OFFER, NOON))),
                Tuple.of(1, Arbitraries.just(new CloseOffer(OFFER, NOON))));
        Arbitrary<List<OrderCommand>> afterOpening = any.list().ofMaxSize(120).map(commands -> {
            List<OrderCommand> opened = new ArrayList<>(commands);
            opened.add(0, new OpenOffer(OFFER, NOON));
            return opened;
        });
        return Arbitraries.oneOf(any.list().ofMaxSize(60), afterOpening);
    }
}
