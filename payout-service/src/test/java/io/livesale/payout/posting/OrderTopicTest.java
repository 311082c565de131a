package io.livesale.payout.posting;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OrderTopicTest {
    /** With its key and framing one byte more or so would pass a producer's usual 1 MiB. */
    private static final int LARGEST = 1024 * 1024 - 128;

    @Inject
    KafkaClientService kafka;

    @Inject
    MeterRegistry meters;

    private final String seller = "seller-" + UUID.randomUUID();
    private final byte[] key = Events.utf8("key-" + UUID.randomUUID());

    @Test
    void postsTheNeighboursOfRecordsItCannotReadAndSetsThoseAside() {
        ConsumerRecord<byte[], byte[]> event = order().event();
        ConsumerRecord<byte[], byte[]> refused = order().creator("a\\u0000b").event();

        send(List.of(
                event,
                Events.bare("no headers"),
                Events.of("bad.1", "order.paid", "{"),
                event,
                refused,
                Events.of("bad.2", "order.paid", order().total(-1, "CNY").json()),
                order().event()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(2 * 4478, Database.balance("party:" + seller + ":pending", "CNY")));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(4, deadLetters().size()));
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters();
        assertEquals(
                List.of("ce_type or ce_id is missing", "total is negative"),
                List.of(header(letters.get(0), "dead-letter-reason"), header(letters.get(2), "dead-letter-reason")));
        assertEquals("orders.v1", header(letters.get(0), "dead-letter-topic"));
        assertEquals("bad.1", header(letters.get(1), "ce_id"));
        assertArrayEquals(Events.utf8("{"), letters.get(1).value());
        assertArrayEquals(refused.value(), letters.get(3).value());
    }

    @Test
    void setsAsideARefundOfMoreThanIsLeft() {
        PaidOrders order = order();
        ConsumerRecord<byte[], byte[]> refund = order.refunded("r1", 5971, Instant.parse("2026-11-25T09:00:00Z"));

        send(List.of(order.event(), refund, order().event()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(1, deadLetters().size()));
        ConsumerRecord<byte[], byte[]> letter = deadLetters().get(0);
        assertEquals("more than is left of the sale: 5970", header(letter, "dead-letter-reason"));
        assertArrayEquals(refund.value(), letter.value());
        await().untilAsserted(() -> assertEquals(2 * 4478, Database.balance("party:" + seller + ":pending", "CNY")));
    }

    @Test
    void setsAsideTheLargestRecordTheTopicTakes() {
        send(List.of(Events.bare("x".repeat(LARGEST)), order().event()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(1, deadLetters().size()));
        assertEquals(LARGEST, deadLetters().get(0).value().length);
    }

    @Test
    void skipsAndCountsWhatIsNotAboutMoney() {
        double before = skipped();

        send(List.of(
                Events.of("s.1", "order.reserved", "{}"),
                Events.of("s.2", "order.teleported", "not even JSON"),
                order().event()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(4478, Database.balance("party:" + seller + ":pending", "CNY")));
        await().untilAsserted(() -> assertEquals(2, skipped() - before));
        assertEquals(0, deadLetters().size());
    }

    @Test
    void losesNoDeadLetterToALazyBroker() {
        Map<String, ?> effective = kafka.getProducer("dead-letters").configuration();

        assertEquals("all", effective.get("acks"));
        assertEquals("true", effective.get("enable.idempotence").toString());
        assertEquals("10000", effective.get("delivery.timeout.ms").toString());
        assertEquals("3000", effective.get("request.timeout.ms").toString());
        assertEquals("2000", effective.get("max.block.ms").toString());
    }

    @Test
    void readsFromTheBeginningAndCommitsOnlyWhatIsPosted() {
        Map<String, ?> effective = kafka.getConsumer("orders").configuration();

        assertEquals("earliest", effective.get("auto.offset.reset"));
        assertEquals("false", effective.get("enable.auto.commit").toString());
        assertEquals("payout-service", effective.get("group.id"));
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller);
    }

    private double skipped() {
        return meters.get("payout.order.events")
                .tag("outcome", "skipped")
                .counter()
                .count();
    }

    private void send(List<ConsumerRecord<byte[], byte[]>> events) {
        OrderTopic.send(events.stream().map(event -> Events.withKey(key, event)).toList());
    }

    /** Those of this test, told by their key. */
    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        TopicPartition partition = new TopicPartition("orders.v1.dead-letters", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", OrderTopic.brokers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<byte[], byte[]>> own = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofSeconds(1))) {
                    if (Arrays.equals(letter.key(), key)) {
                        own.add(letter);
                    }
                }
            }
            return own;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
