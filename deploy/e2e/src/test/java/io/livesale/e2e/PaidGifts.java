package io.livesale.e2e;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Gifts to as many creators as a test needs, paid and completed, as order-service tells of them. */
final class PaidGifts {
    private static final int COMMISSION_BASIS_POINTS = 5000;

    private PaidGifts() {}

    /** One to each of so many creators. */
    static void to(int creators, String bootstrapServers) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int creator = 0; creator < creators; creator++) {
                String orderId = id("order-" + creator);
                producer.send(event(orderId, 2, "order.paid", paid(orderId, creator)));
                producer.send(event(orderId, 3, "order.completed", about(orderId)));
            }
        }
    }

    static String payee(int creator) {
        return "payee-" + creator;
    }

    /** What the creator gets of it, in fen; not many the same. */
    static long share(int creator) {
        return total(creator) * COMMISSION_BASIS_POINTS / 10_000;
    }

    private static long total(int creator) {
        return 4000 + creator;
    }

    private static JsonObject paid(String orderId, int creator) {
        return about(orderId)
                .put("sessionId", id("session"))
                .put("kind", "GIFT")
                .put("quantity", 1)
                .put("total", JsonObject.of("amount", total(creator), "currency", "CNY"))
                .put("paymentId", id("payment-" + creator))
                .put("creatorId", payee(creator))
                .put("commissionBasisPoints", COMMISSION_BASIS_POINTS);
    }

    private static JsonObject about(String orderId) {
        return JsonObject.of("orderId", orderId, "offerId", id("gift"), "buyerId", "lin")
                .put("at", Instant.now().toString());
    }

    private static ProducerRecord<String, byte[]> event(String orderId, int number, String type, JsonObject data) {
        return Told.event("orders.v1", "/order-service", orderId, number, type, data.getString("at"), data);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
