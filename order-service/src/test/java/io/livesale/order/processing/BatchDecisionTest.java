package io.livesale.order.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.order.CloudEvent;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Batches of partitions that the topic does not have, so that nobody else decides them. */
@OrderServiceTest
class BatchDecisionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicInteger PARTITIONS = new AtomicInteger(1000);
    /** Not long ago, or its orders would expire at once. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final int partition = PARTITIONS.incrementAndGet();
    private final OfferTerms offer = Terms.of(3, null);

    @Inject
    BatchDecision decision;

    @Inject
    Market market;

    @Inject
    MeterRegistry meters;

    @Test
    void writesNothingWhereSomebodyElseDecided() {
        Decision opened = decide(0, PartitionMemory.NONE, new OpenOffer(offer, NOW));
        decide(1, opened.after(), place("lin"), place("wang"));
        PlaceOrder late = place("zhao");

        Decision zombie = expect(1, opened.after(), late, place("qian"), place("sun"));

        assertThrows(PgException.class, () -> write(zombie));
        assertEquals(List.of(), stored(late));
        assertEquals(List.of("3"), progress());
    }

    @Test
    void writesNothingWhereTheDatabaseKnowsNothingOfThePartition() {
        PlaceOrder place = place("lin");
        Decision placed = expect(1, PartitionMemory.nothingAt(1), place);

        assertThrows(PgException.class, () -> write(placed));
        assertEquals(List.of(), stored(place));
    }

    @Test
    void decidesOnTopOfABatchThatIsNotWrittenYet() {
        OfferTerms one = Terms.of(3, 1);
        Decision opened = decide(0, PartitionMemory.NONE, new OpenOffer(one, NOW));
        PlaceOrder lin = place(one, "lin");
        PlaceOrder wang = place(one, "wang");

        Decision first = expect(1, opened.after(), lin, wang, place(one, "zhao"));
        Decision second = expect(
                4,
                first.after(),
                place(one, "lin"),
                new CancelOrder(wang.orderId(), one.offerId(), NOW),
                place(one, "wang"),
                new PayOrder(lin.orderId(), one.offerId(), UUID.randomUUID(), NOW));

        write(first);
        write(second);
        assertEquals(
                List.of("order.rejected", "order.cancelled", "order.reserved", "order.paid", "offer.sales-changed"),
                types(second));
        assertEquals(List.of("PAID"), stored(lin));
        assertEquals(List.of("CANCELLED"), stored(wang));
        assertEquals(
                List.of("1", "1", "1"),
                market.query("SELECT units FROM buyer_units WHERE offer_id = '%s'".formatted(one.offerId())));
    }

    @Test
    void aReplayCutDifferentlySendsTheSameEventsAgain() {
        List<OrderCommand> log = List.of(
                new OpenOffer(offer, NOW), place("lin"), place("wang"), place("zhao"), place("qian"), place("sun"));
        List<CloudEvent> sent = new ArrayList<>();
        PartitionMemory memory = PartitionMemory.NONE;
        for (int from = 0; from < 6; from += 2) {
            Decision decided = decide(from, memory, log.get(from), log.get(from + 1));
            memory = decided.after();
            sent.addAll(decided.events());
        }

        List<CloudEvent> again = new ArrayList<>();
        for (int from = 0; from < 6; from += 3) {
            again.addAll(decide(from, PartitionMemory.NONE, log.get(from), log.get(from + 1), log.get(from + 2))
                    .events());
        }

        assertEquals(orders(sent), orders(again));
        assertEquals(5, orders(again).size());
    }

    @Test
    void anOrderPaidInTheBatchItWasPlacedInIsStoredPaid() {
        PlaceOrder place = place("lin");
        PayOrder pay = new PayOrder(place.orderId(), offer.offerId(), UUID.randomUUID(), NOW);
        Decision both = decide(0, PartitionMemory.NONE, new OpenOffer(offer, NOW), place, pay);

        Decision repeated = decide(3, both.after(), pay);

        assertEquals(List.of("order.reserved", "order.paid", "offer.sales-changed"), types(both));
        assertEquals(List.of(), types(repeated));
    }

    @Test
    void aBatchWithoutCommandsMovesOn() {
        Decision nothing = decide(0, PartitionMemory.NONE);

        assertEquals(List.of(), types(nothing));
        assertEquals(
                List.of("1"),
                market.query("SELECT next_offset FROM partition_progress WHERE partition = " + partition));
    }

    @Test
    void countsWhatItWritesAndNoRepeat() {
        Decision opened = decide(0, PartitionMemory.NONE, new OpenOffer(offer, NOW));
        double reserved = decided("reserved");
        double rejected = decided("rejected");
        long told = meters.get("order.decide.latency").timer().count();
        OrderCommand[] orders = {place("lin"), place("wang"), place("zhao"), place("qian")};

        decide(1, opened.after(), orders);
        decide(1, PartitionMemory.NONE, orders);

        assertEquals(3, decided("reserved") - reserved);
        assertEquals(1, decided("rejected") - rejected);
        assertEquals(4, meters.get("order.decide.latency").timer().count() - told);
    }

    private double decided(String outcome) {
        return meters.get("order.decided").tag("outcome", outcome).counter().count();
    }

    private Decision decide(long offset, PartitionMemory memory, OrderCommand... commands) {
        Decision decided = expect(offset, memory, commands);
        write(decided);
        return decided;
    }

    private Decision expect(long offset, PartitionMemory memory, OrderCommand... commands) {
        List<CommandBatch.Entry> entries = new ArrayList<>();
        for (OrderCommand command : commands) {
            entries.add(new CommandBatch.Entry(offset + entries.size(), command));
        }
        long end = offset + Math.max(1, entries.size());
        return decision.decide(new CommandBatch(partition, offset, end, entries, List.of()), memory)
                .await()
                .atMost(PATIENCE);
    }

    private void write(Decision decided) {
        decision.write(decided).await().atMost(PATIENCE);
    }

    private List<String> stored(PlaceOrder place) {
        return market.query("SELECT status FROM orders WHERE order_id = '%s'".formatted(place.orderId()));
    }

    private List<String> progress() {
        return market.query("SELECT next_offset FROM partition_progress WHERE partition = " + partition);
    }

    private PlaceOrder place(String buyer) {
        return place(offer, buyer);
    }

    private static PlaceOrder place(OfferTerms offer, String buyer) {
        return new PlaceOrder(UUID.randomUUID(), offer.offerId(), buyer, 1, null, null, NOW);
    }

    private static List<String> types(Decision decided) {
        return decided.events().stream().map(CloudEvent::type).toList();
    }

    private static List<String> orders(List<CloudEvent> events) {
        return events.stream()
                .filter(event -> event.topic().equals("orders.v1"))
                .map(event -> event.id() + " " + event.time() + " " + new String(event.data(), StandardCharsets.UTF_8))
                .toList();
    }
}
