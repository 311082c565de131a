package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.OrderCommand.PlaceOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any sequence of commands, with repeats and in any order: the promises hold, and batches do not matter. */
class OrderBookPropertiesTest {
    private static final OrderWindows WINDOWS = new OrderWindows(Duration.ofMinutes(15), Duration.ofDays(7));

    /** All of one partition, as the log keeps its commands and the database what came of them. */
    private static final class Database {
        private final Map<UUID, Offer> offers = new LinkedHashMap<>();
        private final Map<UUID, Order> orders = new LinkedHashMap<>();
        private final Map<Allowance, Integer> units = new LinkedHashMap<>();

        /** As the processor does: reads what the batch's commands name and no more, decides, writes. */
        private List<OrderEvent> decide(List<OrderCommand> batch) {
            OrderBook book = new OrderBook(WINDOWS);
            book.load(
                    found(offers, batch.stream().map(OrderCommand::offerId)),
                    found(orders, batch.stream().map(OrderCommand::subject)),
                    unitsHeld(batch));
            List<OrderEvent> events = new ArrayList<>();
            batch.forEach(command -> events.addAll(book.decide(command)));
            write(book);
            return events;
        }

        private Map<Allowance, Integer> unitsHeld(List<OrderCommand> batch) {
            Stream<Allowance> placing = batch.stream()
                    .filter(PlaceOrder.class::isInstance)
                    .map(PlaceOrder.class::cast)
                    .map(Allowance::of);
            Stream<Allowance> changing =
                    found(
                                    orders,
                                    batch.stream()
                                            .filter(OrderChange.class::isInstance)
                                            .map(OrderCommand::subject))
                            .stream()
                            .map(Allowance::of);
            return Stream.concat(placing, changing)
                    .distinct()
                    .filter(units::containsKey)
                    .collect(Collectors.toMap(Function.identity(), units::get));
        }

        private void write(OrderBook book) {
            book.offers().forEach(offer -> offers.put(offer.id(), offer));
            book.orders().forEach(order -> {
                orders.put(order.orderId(), order);
                Allowance allowance = Allowance.of(order);
                book.unitsHeld(allowance).ifPresent(held -> units.put(allowance, held));
            });
        }

        private static <T> Set<T> found(Map<UUID, T> all, Stream<UUID> ids) {
            return ids.filter(all::containsKey).map(all::get).collect(Collectors.toSet());
        }
    }

    @Property
    void neverOversellsLosesOrDecidesTwice(@ForAll("logs") List<OrderCommand> log) {
        OrderBook book = new OrderBook(WINDOWS);
        EventReader reader = new EventReader();
        Set<UUID> placed = log.stream()
                .filter(PlaceOrder.class::isInstance)
                .map(OrderCommand::subject)
                .collect(Collectors.toSet());

        for (OrderCommand command : log) {
            book.decide(command).forEach(reader::read);
            book.offers().forEach(offer -> {
                assertEquals(reader.reserved(offer.id()), offer.reserved());
                assertEquals(reader.sold(offer.id()), offer.sold());
                assertEquals(reader.takings(offer.id()), offer.takings());
                Integer allotment = offer.terms().allotment();
                Long remaining = offer.remaining();
                assertTrue(remaining == null || remaining >= 0);
                assertEquals(allotment, remaining == null ? null : Math.toIntExact(remaining + offer.taken()));
            });
        }

        assertEquals(placed, reader.outcomes().keySet(), "every order has an outcome");
        assertTrue(reader.outcomes().values().stream().allMatch(count -> count == 1), "and only one");
        assertTrue(reader.captured().values().stream().allMatch(left -> left >= 0), "never more back than came in");
        reader.byHolder().forEach((holder, units) -> {
            Integer limit = CommandLogs.offer(holder.offerId()).perBuyerLimit();
            assertTrue(limit == null || units <= limit, "the limit per buyer");
            assertEquals(limit == null ? Optional.empty() : Optional.of(units), book.unitsHeld(holder));
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

        Database database = new Database();
        List<OrderEvent> events = new ArrayList<>();
        for (int from = 0; from < log.size(); from += batchSize) {
            events.addAll(database.decide(log.subList(from, Math.min(log.size(), from + batchSize))));
        }

        assertEquals(expected, events);
        assertEquals(Set.copyOf(whole.offers()), Set.copyOf(database.offers.values()));
        assertEquals(Set.copyOf(whole.orders()), Set.copyOf(database.orders.values()));
        whole.orders().stream()
                .map(Allowance::of)
                .forEach(holder ->
                        assertEquals(whole.unitsHeld(holder), Optional.ofNullable(database.units.get(holder))));
    }

    @Provide
    Arbitrary<List<OrderCommand>> logs() {
        return CommandLogs.any();
    }
}
