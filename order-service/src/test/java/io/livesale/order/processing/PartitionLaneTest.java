package io.livesale.order.processing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.CommandCodec;
import io.livesale.order.EventSender;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Retries;
import io.livesale.order.Settings;
import io.livesale.order.Terms;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Lanes of partitions that the topic does not have, so that nobody else decides them; each test has its own. */
@OrderServiceTest
class PartitionLaneTest {
    private static final AtomicInteger NEXT_PARTITION = new AtomicInteger(900);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final int BUYERS = 300;
    private static final int ALLOTMENT = 250;

    @Inject
    BatchDecision decision;

    @Inject
    EventSender events;

    @Inject
    Retries retries;

    @Inject
    Market market;

    private final TopicPartition partition = new TopicPartition(CommandCodec.TOPIC, NEXT_PARTITION.getAndIncrement());
    private final Semaphore room = new Semaphore(1);

    /** Both decide ahead of what they write, on top of batches that the other one may write, cut differently. */
    @Test
    void aZombieAndItsSuccessorDecideTheirPartitionOnce() {
        OfferTerms offer = Terms.of(ALLOTMENT, 1);
        List<ConsumerRecord<String, byte[]>> log = log(offer);
        PartitionLane zombie = lane(7);
        PartitionLane successor = lane(10);

        zombie.add(log);
        successor.add(log);

        await().atMost(Duration.ofSeconds(60)).until(() -> zombie.isIdle() && successor.isIdle());
        assertEquals(
                List.of(
                        "CANCELLED " + ALLOTMENT,
                        "LIMIT_EXCEEDED " + ALLOTMENT,
                        "SOLD_OUT " + 2 * (BUYERS - ALLOTMENT)),
                market.query("""
                        SELECT coalesce(reason, status) || ' ' || count(*)
                        FROM orders
                        WHERE offer_id = '%s'
                        GROUP BY status, reason
                        ORDER BY 1
                        """.formatted(offer.offerId())));
        assertEquals(
                List.of("0"),
                market.query("SELECT reserved FROM offer WHERE offer_id = '%s'".formatted(offer.offerId())));
        assertTrue(zombie.gap().isEmpty() && successor.gap().isEmpty());
        await().untilAsserted(() -> assertEquals(1, room.availablePermits()));
    }

    @Test
    void aLaneThatEndsLeavesItsRoomToTheOthers() {
        PartitionLane lane = lane(7);
        lane.add(log(Terms.of(ALLOTMENT, 1)));
        await().pollInterval(Duration.ofMillis(1)).until(() -> room.availablePermits() == 0);

        lane.stop().join();

        assertEquals(1, room.availablePermits());
    }

    /** Every buyer presses twice in a row, and may have one unit; then all orders are cancelled. */
    private List<ConsumerRecord<String, byte[]>> log(OfferTerms offer) {
        List<PlaceOrder> presses = IntStream.range(0, 2 * BUYERS)
                .mapToObj(press ->
                        new PlaceOrder(UUID.randomUUID(), offer.offerId(), "buyer-" + press / 2, 1, null, null, NOW))
                .toList();
        List<OrderCommand> commands = new ArrayList<>();
        commands.add(new OpenOffer(offer, NOW));
        commands.addAll(presses);
        presses.forEach(place -> commands.add(new CancelOrder(place.orderId(), place.offerId(), NOW)));
        return IntStream.range(0, commands.size())
                .mapToObj(offset -> entry(offset, commands.get(offset)))
                .toList();
    }

    private ConsumerRecord<String, byte[]> entry(long offset, OrderCommand command) {
        ProducerRecord<String, byte[]> sent = CommandCodec.encode(command).toRecord();
        ConsumerRecord<String, byte[]> entry =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, sent.key(), sent.value());
        sent.headers().forEach(entry.headers()::add);
        return entry;
    }

    private PartitionLane lane(int maxBatch) {
        return new PartitionLane(
                partition,
                OptionalLong.empty(),
                decision,
                events,
                retries,
                room,
                Settings.with(Map.of("order.processing.max-batch", Integer.toString(maxBatch)))
                        .processing());
    }
}
