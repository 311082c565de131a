package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.Offer;
import io.livesale.order.Order;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderEvent;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderView.TimelineEntry;
import io.livesale.order.SalesFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What deciding a batch changed: the orders, offers and buyers' units to write, and the events to store and send. */
final class DecidedBatch {
    private record LastChange(long offset, Instant at) {}

    private final OrderBook book;
    private final Set<UUID> knownOrders;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<UUID, List<TimelineEntry>> timelines = new LinkedHashMap<>();
    private final Map<UUID, LastChange> changedOffers = new LinkedHashMap<>();
    private final Map<Allowance, Integer> changedUnits = new LinkedHashMap<>();

    private DecidedBatch(OrderBook book) {
        this.book = book;
        this.knownOrders = book.orders().stream().map(Order::orderId).collect(Collectors.toSet());
    }

    /** Decides the commands in their order with what the book holds. */
    static DecidedBatch decide(OrderBook book, List<CommandBatch.Entry> commands) {
        DecidedBatch batch = new DecidedBatch(book);
        commands.forEach(entry -> batch.decide(entry.offset(), entry.command()));
        batch.changedOffers.forEach(batch::tellFigures);
        return batch;
    }

    private void decide(long offset, OrderCommand command) {
        long versionBefore = versionOf(command.offerId());
        book.decide(command).ifPresent(event -> keep(offset, event));
        if (versionOf(command.offerId()) != versionBefore) {
            changedOffers.put(command.offerId(), new LastChange(offset, command.at()));
        }
    }

    private long versionOf(UUID offerId) {
        return book.findOffer(offerId).map(Offer::version).orElse(0L);
    }

    private void keep(long offset, OrderEvent event) {
        Order order = book.order(event.orderId());
        timelines.computeIfAbsent(order.orderId(), id -> newTimeline(order)).add(TimelineEntry.of(event));
        if (event instanceof OrderReserved reserved) {
            Allowance allowance = new Allowance(reserved.offerId(), reserved.buyerId());
            book.unitsHeld(allowance).ifPresent(units -> changedUnits.put(allowance, units));
        }
        String key = order.orderId().toString();
        events.add(new StoredEvent(
                offset,
                0,
                new CloudEvent(
                        OrderEvent.TOPIC,
                        key,
                        key + "." + order.sequence(),
                        event.type(),
                        event.at(),
                        Json.writeBytes(event))));
    }

    private List<TimelineEntry> newTimeline(Order order) {
        List<TimelineEntry> timeline = new ArrayList<>();
        if (!knownOrders.contains(order.orderId())) {
            timeline.add(TimelineEntry.received(order.acceptedAt()));
        }
        return timeline;
    }

    private void tellFigures(UUID offerId, LastChange change) {
        Offer offer = book.offer(offerId);
        SalesFigures figures = SalesFigures.of(offer, change.at());
        events.add(new StoredEvent(
                change.offset(),
                1,
                new CloudEvent(
                        SalesFigures.TOPIC,
                        offerId.toString(),
                        SalesFigures.eventId(offer),
                        figures.type(),
                        figures.at(),
                        Json.writeBytes(figures))));
    }

    List<StoredEvent> events() {
        return events;
    }

    List<Offer> changedOffers() {
        return changedOffers.keySet().stream().map(book::offer).toList();
    }

    /** Units each buyer now holds, where that changed. */
    Map<Allowance, Integer> changedUnits() {
        return changedUnits;
    }

    List<Order> newOrders() {
        return timelines.keySet().stream()
                .filter(id -> !knownOrders.contains(id))
                .map(book::order)
                .toList();
    }

    List<Order> changedOrders() {
        return timelines.keySet().stream()
                .filter(knownOrders::contains)
                .map(book::order)
                .toList();
    }

    /** What happened to an order in this batch, a JSON array. */
    String timeline(Order order) {
        return Json.write(timelines.get(order.orderId()));
    }
}
