package io.livesale.order;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What happens around the service in its tests: catalog opens offers, viewers press buy, others read the topics. */
@Singleton
public class Market {
    @Inject
    Producer<String, byte[]> producer;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    /** Opens an offer as catalog does, and waits until it is on sale. */
    public OfferTerms open(OfferTerms terms) {
        tell("offer.opened", terms);
        awaitStatus(terms, true);
        return terms;
    }

    public void close(OfferTerms terms) {
        tell("offer.closed", terms);
        awaitStatus(terms, false);
    }

    private void tell(String type, OfferTerms terms) {
        String key = terms.offerId().toString();
        send(new CloudEvent("offers.v1", key, key + "." + type, type, Instant.now(), Json.writeBytes(terms))
                .toRecord());
    }

    private static void awaitStatus(OfferTerms terms, boolean open) {
        await().untilAsserted(() -> assertEquals(
                open, given().get("/availability/" + terms.offerId()).jsonPath().get("open")));
    }

    public void send(ProducerRecord<String, byte[]> outgoing) {
        try {
            producer.send(outgoing).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Presses buy and waits for the outcome. */
    public static Response buy(String buyer, String key, OfferTerms terms, int quantity) {
        return given().auth()
                .oauth2(Tokens.of(buyer, "buyer"))
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=10")
                .contentType(ContentType.JSON)
                .body(Map.of("offerId", terms.offerId(), "quantity", quantity))
                .post("/orders");
    }

    /** Presses buy and does not wait. */
    public static Response press(String buyer, String key, OfferTerms terms, int quantity) {
        return given().auth()
                .oauth2(Tokens.of(buyer, "buyer"))
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("offerId", terms.offerId(), "quantity", quantity))
                .post("/orders");
    }

    /** Everything in a topic now that is about this key. */
    public List<ConsumerRecord<String, byte[]>> records(String topic, UUID key) {
        return records(topic)
                .filter(entry -> key.toString().equals(entry.key()))
                .toList();
    }

    /** Everything in a topic now. */
    public Stream<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put("enable.auto.commit", "false");
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found.stream();
    }
}
