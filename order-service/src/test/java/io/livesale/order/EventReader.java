package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Order.Rejection;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderEvent.OrderCancelled;
import io.livesale.order.OrderEvent.OrderExpired;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.PaymentReturned;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What a reader of the events alone would believe: written anew here, from DOMAIN.md. */
final class EventReader {
    private final Map<UUID, Integer> outcomes = new HashMap<>();
    private final Map<UUID, Long> decided = new HashMap<>();
    private final Map<UUID, Integer> reserved = new HashMap<>();
    private final Map<UUID, Integer> sold = new HashMap<>();
    private final Map<UUID, Long> captured = new HashMap<>();
    private final Map<UUID, Allowance> holders = new HashMap<>();

    void read(OrderEvent event) {
        UUID id = event.orderId();
        if (event instanceof OrderReserved held) {
            outcomes.merge(id, 1, Integer::sum);
            decided.merge(held.offerId(), 1L, Long::sum);
            reserved.put(id, held.quantity());
            holders.put(id, new Allowance(held.offerId(), held.buyerId()));
            Instant closesAt = CommandLogs.offer(held.offerId()).closesAt();
            assertTrue(closesAt == null || held.at().isBefore(closesAt), "nothing is sold after the closing time");
        } else if (event instanceof OrderRejected rejected) {
            outcomes.merge(id, 1, Integer::sum);
            decided.merge(rejected.offerId(), rejected.reason() == Rejection.OFFER_UNKNOWN ? 0L : 1L, Long::sum);
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

    /** How often each order was decided. */
    Map<UUID, Integer> outcomes() {
        return outcomes;
    }

    /** Money in minor units that came in for each order and was not given back. */
    Map<UUID, Long> captured() {
        return captured;
    }

    /** Counted anew over all orders: how many, what they brought in, and of each the creator's share, rounded down. */
    Takings takings(UUID offerId) {
        OfferTerms terms = CommandLogs.offer(offerId);
        List<Long> amounts = captured.entrySet().stream()
                .filter(order -> sold.containsKey(order.getKey()))
                .filter(order -> holders.get(order.getKey()).offerId().equals(offerId))
                .map(Map.Entry::getValue)
                .toList();
        return new Takings(
                decided.getOrDefault(offerId, 0L),
                amounts.stream().mapToLong(amount -> amount).sum(),
                amounts.stream()
                        .mapToLong(amount -> amount * terms.commissionBasisPoints() / 10_000)
                        .sum());
    }

    int reserved(UUID offerId) {
        return total(reserved, offerId);
    }

    int sold(UUID offerId) {
        return total(sold, offerId);
    }

    private int total(Map<UUID, Integer> units, UUID offerId) {
        return units.entrySet().stream()
                .filter(held -> holders.get(held.getKey()).offerId().equals(offerId))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Units by buyer and offer. */
    Map<Allowance, Integer> byHolder() {
        Map<Allowance, Integer> units = new HashMap<>();
        Stream.of(reserved, sold)
                .forEach(all -> all.forEach((id, count) -> units.merge(holders.get(id), count, Integer::sum)));
        return units;
    }
}
