package io.livesale.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Orders that were paid, told in {@code orders.v1} as order-service tells of them: many payees, one hot platform. */
final class PaidOrders {
    /** What each of them comes to, in fen. */
    static final long GROSS = 5970;
    /** What each of them moves: the provider, the seller, the creator and the platform's fees. */
    static final int POSTINGS = 4;
    /** Sellers, and as many creators. */
    static final int PEOPLE = 1_000;

    private PaidOrders() {}

    /** Returns when the broker has confirmed the last. */
    static void send(String bootstrapServers, int orders) {
        // Sent as order-service sends.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                131_072,
                "compression.type",
                "lz4");
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < orders; i++) {
                producer.send(paid(), (sent, fault) -> failure.compareAndSet(null, fault));
            }
        }
        if (failure.get() != null) {
            throw new CannotRun("Kafka did not take the paid orders: " + failure.get());
        }
    }

    private static ProducerRecord<String, byte[]> paid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        UUID orderId = new UUID(random.nextLong(), random.nextLong());
        Instant now = Instant.now();
        String data = """
                {"orderId":"%s","offerId":"%s","sessionId":"%s","productId":"%s","kind":"PRODUCT","buyerId":"buyer-%d",\
                "quantity":3,"total":{"amount":%d,"currency":"CNY"},"paymentId":"%s","sellerId":"seller-%d",\
                "creatorId":"creator-%d","county":"611026","commissionBasisPoints":2000,\
                "settlementProfile":"STANDARD","at":"%s"}""".formatted(
                        orderId,
                        new UUID(1, random.nextInt(100)),
                        new UUID(2, random.nextInt(10)),
                        new UUID(3, random.nextInt(100)),
                        random.nextInt(1_000_000),
                        GROSS,
                        orderId,
                        random.nextInt(PEOPLE),
                        random.nextInt(PEOPLE),
                        now);
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", orderId + ".3"),
                header("ce_type", "order.paid"),
                header("ce_source", "/order-service"),
                header("ce_time", now.toString()),
                header("ce_subject", orderId.toString()),
                header("content-type", "application/json"));
        byte[] value = data.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>("orders.v1", null, orderId.toString(), value, headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
