package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderReserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any sequence of commands, with repeats: promise I3 holds, every order has one outcome, and batches do not matter. */
class OrderBookPropertiesTest {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int ALLOTMENT = 12;
    private static final int LIMIT = 4;
    private static final OfferTerms OFFER = Terms.of(ALLOTMENT, LIMIT);

    @Property
    void neverOversellsAndDecidesEachOrderOnce(@ForAll("logs") List<OrderCommand> log) {
        List<OrderEvent> events = new ArrayList<>();
        OrderBook book = new OrderBook(WINDOW);

        log.forEach(command -> book.decide(command).ifPresent(events::add));

        Map<UUID, Integer> outcomes = new HashMap<>();
        Map<String, Integer> units = new HashMap<>();
        int reserved = 0;
        int sold = 0;
        for (OrderEvent event : events) {
            if (event instanceof OrderReserved held) {
                reserved += held.quantity();
                units.merge(held.buyerId(), held.quantity(), Integer::sum);
            }
            if (event instanceof OrderPaid paid) {
                reserved -= paid.quantity();
                sold += paid.quantity();
            } else {
                outcomes.merge(event.orderId(), 1, Integer::sum);
            }
        }
        assertTrue(outcomes.values().stream().allMatch(count -> count == 1), "one outcome per order");
        assertTrue(units.values().stream().allMatch(held -> held <= LIMIT), "the limit per buyer");
        assertEquals(
                log.stream()
                        .filter(PlaceOrder.class::isInstance)
                        .map(command -> ((PlaceOrder) command).orderId())
                        .distinct()
                        .count(),
                outcomes.size(),
                "every order has an outcome");
        if (book.findOffer(OFFER.offerId()).isPresent()) {
            Offer offer = book.offer(OFFER.offerId());
            assertEquals(reserved, offer.reserved());
            assertEquals(sold, offer.sold());
            assertEquals(ALLOTMENT, offer.remaining() + offer.reserved() + offer.sold());
            assertTrue(offer.remaining() >= 0);
        }
    }

    @Property
    void decidesTheSameHoweverTheLogIsCut(
            @ForAll("logs") List<OrderCommand> log, @ForAll @IntRange(min = 1, max = 7) int batchSize) {
        OrderBook whole = new OrderBook(WINDOW);
        List<OrderEvent> expected = new ArrayList<>();
        log.forEach(command -> whole.decide(command).ifPresent(expected::add));

        List<OrderEvent> events = new ArrayList<>();
        OrderBook last = new OrderBook(WINDOW);
        for (int from = 0; from < log.size(); from += batchSize) {
            OrderBook next = continued(last);
            log.subList(from, Math.min(log.size(), from + batchSize))
                    .forEach(command -> next.decide(command).ifPresent(events::add));
            last = next;
        }

        assertEquals(expected, events);
        assertEquals(whole.findOffer(OFFER.offerId()), last.findOffer(OFFER.offerId()));
    }

    private static OrderBook continued(OrderBook before) {
        OrderBook next = new OrderBook(WINDOW);
        Map<Allowance, Integer> units = new HashMap<>();
        before.orders().stream()
                .map(order -> new Allowance(order.offerId(), order.buyerId()))
                .forEach(allowance -> before.unitsHeld(allowance).ifPresent(held -> units.put(allowance, held)));
        next.load(before.findOffer(OFFER.offerId()).stream().toList(), before.orders(), units);
        return next;
    }

    @Provide
    Arbitrary<List<OrderCommand>> logs() {
        Arbitrary<Integer> orders = Arbitraries.integers().between(1, 15);
        Arbitrary<OrderCommand> place = Combinators.combine(
                        orders, Arbitraries.integers().between(1, 5))
                .as(OrderBookPropertiesTest::place);
        Arbitrary<OrderCommand> pay = orders.map(OrderBookPropertiesTest::pay);
        Arbitrary<OrderCommand> open = Arbitraries.just(new OpenOffer(OFFER, NOON));
        Arbitrary<OrderCommand> close = Arbitraries.just(new CloseOffer(OFFER, NOON));
        Arbitrary<OrderCommand> any = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(20, place),
                net.jqwik.api.Tuple.of(10, pay),
                net.jqwik.api.Tuple.of(2, open),
                net.jqwik.api.Tuple.of(1, close));
        Arbitrary<List<OrderCommand>> afterOpening = any.list().ofMaxSize(60).map(commands -> {
            List<OrderCommand> opened = new ArrayList<>(commands);
            opened.add(0, new OpenOffer(OFFER, NOON));
            return opened;
        });
        return Arbitraries.oneOf(any.list().ofMaxSize(60), afterOpening);
    }

    /** An order's number fixes its buyer, not its quantity: a repeat may ask for something else. */
    private static OrderCommand place(int number, int quantity) {
        return new PlaceOrder(new UUID(7, number), OFFER.offerId(), "buyer-" + number % 5, quantity, null, NOON);
    }

    private static OrderCommand pay(int number) {
        return new PayOrder(new UUID(7, number), OFFER.offerId(), new UUID(9, number), NOON);
    }
}
