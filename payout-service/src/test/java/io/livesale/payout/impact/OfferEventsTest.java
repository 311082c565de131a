package io.livesale.payout.impact;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.OrderTopic;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OfferEventsTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    OfferEvents events;

    @Inject
    KafkaClientService kafka;

    private final ToldOffer offer = new ToldOffer(UUID.randomUUID(), "xiaomei").openedAt(OPENED);

    @Test
    void keepsAnOfferOnceHoweverOftenItIsTold() throws SQLException {
        keepOffers(List.of(offer.opened(), offer.opened()));
        keepOffers(List.of(offer.opened()));

        assertEquals(1, Database.number("SELECT count(*) FROM offer WHERE offer_id = '" + offer.offerId + "'"));
    }

    @Test
    void remembersWhenAnOfferFirstRanOutThoughUnitsComeFreeAgain() throws SQLException {
        keepFigures(List.of(
                offer.figures(1, 1, OPENED.plusSeconds(1)),
                offer.figures(0, 2, OPENED.plusSeconds(7)),
                offer.figures(1, 2, OPENED.plusSeconds(8)),
                offer.figures(0, 3, OPENED.plusSeconds(9))));

        assertEquals(3, orders());
        assertEquals(7, soldOutAfter());
    }

    @Test
    void comesToTheSameInAnyOrderAndAnyBatches() throws SQLException {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        for (int second = 1; second <= 40; second++) {
            log.add(offer.figures(second % 5 == 4 ? 0 : 3, 10 * second, OPENED.plusSeconds(second)));
        }
        log.addAll(log.subList(0, 20));
        Collections.shuffle(log, random);

        for (int next = 0; next < log.size(); ) {
            int end = Math.min(log.size(), next + 1 + random.nextInt(9));
            keepFigures(log.subList(next, end));
            next = end;
        }

        assertEquals(400, orders(), "seed " + seed);
        assertEquals(4, soldOutAfter(), "seed " + seed);
    }

    @Test
    void setsAsideWhatItCannotReadAndKeepsItsNeighbours() {
        byte[] key = Events.utf8("key-" + UUID.randomUUID());
        send(
                key,
                ToldOffer.event(ToldOffer.OFFERS, "offer.opened", "{"),
                offer.opened(),
                ToldOffer.event(ToldOffer.SALES, "offer.settled", "[]"),
                offer.figures(5, 6, OPENED));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertEquals(6, orders());
            assertEquals(1, Database.number("SELECT count(*) FROM offer WHERE offer_id = '" + offer.offerId + "'"));
        });
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertEquals(List.of(ToldOffer.OFFERS), deadLetters(ToldOffer.OFFERS, key));
            assertEquals(List.of(ToldOffer.SALES), deadLetters(ToldOffer.SALES, key));
        });
    }

    @Test
    void waitsOutAFaultOfTheDatabase() throws SQLException {
        runAsOwner("REVOKE INSERT ON offer_sales FROM payouts");
        CompletableFuture<Void> kept;
        try {
            kept = events.sales(ToldOffer.batch(List.of(offer.figures(5, 6, OPENED))))
                    .subscribeAsCompletionStage();
            await().during(Duration.ofMillis(500)).untilAsserted(() -> assertFalse(kept.isDone()));
        } finally {
            runAsOwner("GRANT INSERT ON offer_sales TO payouts");
        }

        await().untilAsserted(() -> assertEquals(6, orders()));
        kept.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offers", "offer-sales"})
    void readsFromTheBeginningInAGroupOfItsOwn(String channel) {
        Map<String, ?> effective = kafka.getConsumer(channel).configuration();

        assertEquals("earliest", effective.get("auto.offset.reset"));
        assertEquals("false", effective.get("enable.auto.commit").toString());
        assertEquals("payout-service." + channel, effective.get("group.id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE offer SET creator_id = 'x'", "DELETE FROM offer", "DELETE FROM offer_sales"})
    void runtimeRoleCannotRewriteWhatWasTold(String sql) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));

            assertEquals("42501", refusal.getSQLState());
        }
    }

    private void keepOffers(List<ConsumerRecord<byte[], byte[]>> told) {
        events.offers(ToldOffer.batch(told)).await().atMost(Duration.ofSeconds(30));
    }

    private void keepFigures(List<ConsumerRecord<byte[], byte[]>> told) {
        events.sales(ToldOffer.batch(told)).await().atMost(Duration.ofSeconds(30));
    }

    private long orders() throws SQLException {
        return Database.number(
                "SELECT coalesce(sum(orders), 0) FROM offer_sales WHERE offer_id = '" + offer.offerId + "'");
    }

    /** In seconds. */
    private long soldOutAfter() throws SQLException {
        return Database.number(
                "SELECT extract(epoch FROM sold_out_at - '%s'::timestamptz)::bigint FROM offer_sales".formatted(OPENED)
                        + " WHERE offer_id = '" + offer.offerId + "'");
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static void send(byte[] key, ConsumerRecord<byte[], byte[]>... told) {
        ToldOffer.send(Arrays.stream(told)
                .map(event -> {
                    ConsumerRecord<byte[], byte[]> keyed =
                            new ConsumerRecord<>(event.topic(), 0, 0, key, event.value());
                    event.headers().forEach(keyed.headers()::add);
                    return keyed;
                })
                .toList());
    }

    /** The topics that the letters of this key name as their own. */
    private static List<String> deadLetters(String topic, byte[] key) {
        TopicPartition partition = new TopicPartition(topic + ".dead-letters", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", OrderTopic.brokers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<String> own = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofSeconds(1))) {
                    if (Arrays.equals(letter.key(), key)) {
                        byte[] named =
                                letter.headers().lastHeader("dead-letter-topic").value();
                        own.add(new String(named, StandardCharsets.UTF_8));
                    }
                }
            }
            return own;
        }
    }

    private static void runAsOwner(String sql) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
