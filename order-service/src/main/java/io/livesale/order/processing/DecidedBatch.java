package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.Order;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderEvent;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.PaymentReturned;
import io.livesale.order.SalesFigures;
import io.livesale.order.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What deciding a batch changed: rows to write, and the events to store and send. */
final class DecidedBatch {
    private record LastChange(long offset, Instant at) {}

    /** Money that the payment provider is to give back. */
    record ProviderRefund(UUID orderId, String refundId, UUID paymentId, Money amount) {}

    private final OrderBook book;
    private final Set<UUID> knownOrders;
    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<UUID, List<TimelineEntry>> laterEntries = new LinkedHashMap<>();
    private final Map<UUID, LastChange> changedOffers = new LinkedHashMap<>();
    private final Map<Allowance, Integer> changedUnits = new LinkedHashMap<>();
    private final List<ProviderRefund> refunds = new ArrayList<>();

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
        List<OrderEvent> caused = book.decide(command);
        for (int later = caused.size() - 1, index = 0; later >= 0; later--, index++) {
            keep(offset, caused.get(index), later);
        }
        if (versionOf(command.offerId()) != versionBefore) {
            changedOffers.put(command.offerId(), new LastChange(offset, command.at()));
        }
    }

    private long versionOf(UUID offerId) {
        return book.findOffer(offerId).map(Offer::version).orElse(0L);
    }

    /** @param later how many events of the same command follow this one */
    private void keep(long offset, OrderEvent event, int later) {
        Order order = book.order(event.orderId());
        List<TimelineEntry> entries = laterEntries.computeIfAbsent(order.orderId(), id -> new ArrayList<>());
        if (!(event instanceof OrderReserved || event instanceof OrderRejected)) {
            entries.add(TimelineEntry.of(event));
        }
        if (!(event instanceof OrderRejected)) {
            Allowance allowance = Allowance.of(order);
            book.unitsHeld(allowance).ifPresent(units -> changedUnits.put(allowance, units));
        }
        keepRefund(event);
        String key = order.orderId().toString();
        String id = key + "." + (order.sequence() - later);
        events.add(new StoredEvent(
                offset,
                new CloudEvent(
                        OrderEvent.TOPIC,
                        key,
                        id,
                        event.type(),
                        event.at(),
                        Json.writeBytes(event),
                        order.traceparent())));
    }

    private void keepRefund(OrderEvent event) {
        if (event instanceof OrderRefunded refunded) {
            refunds.add(new ProviderRefund(
                    refunded.orderId(), refunded.refundId(), refunded.paymentId(), refunded.amount()));
        } else if (event instanceof PaymentReturned returned) {
            refunds.add(new ProviderRefund(
                    returned.orderId(), returned.refundId(), returned.paymentId(), returned.amount()));
        }
    }

    private void tellFigures(UUID offerId, LastChange change) {
        Offer offer = book.offer(offerId);
        SalesFigures figures = SalesFigures.of(offer, change.at());
        events.add(new StoredEvent(
                change.offset(),
                new CloudEvent(
                        SalesFigures.TOPIC,
                        offerId.toString(),
                        SalesFigures.eventId(offer),
                        figures.type(),
                        figures.at(),
                        Json.writeBytes(figures),
                        null)));
    }

    List<StoredEvent> events() {
        return events;
    }

    List<Offer> changedOffers() {
        return changedOffers.keySet().stream().map(book::offer).toList();
    }

    /** Units each buyer now holds, where that may have changed. */
    Map<Allowance, Integer> changedUnits() {
        return changedUnits;
    }

    List<ProviderRefund> refunds() {
        return refunds;
    }

    List<Order> newOrders() {
        return orders(false);
    }

    List<Order> changedOrders() {
        return orders(true);
    }

    private List<Order> orders(boolean known) {
        return laterEntries.keySet().stream()
                .filter(id -> knownOrders.contains(id) == known)
                .map(book::order)
                .toList();
    }

    /** What happened to an order in this batch after its outcome, a JSON array; null when nothing did. */
    @Nullable String laterEntries(Order order) {
        List<TimelineEntry> entries = laterEntries.getOrDefault(order.orderId(), List.of());
        return entries.isEmpty() ? null : Json.write(entries);
    }
}
