package io.livesale.order.web;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.OrderServiceTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class ConsumersPollTest {
    private static final String HANGING = "hanging";

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @Test
    void namesWhoNoLongerAsksForRecords() {
        ConsumersPoll check = new ConsumersPoll(2);
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put("client.id", HANGING);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertFalse(silent(check).contains(HANGING), "before it begins");
            consumer.assign(List.of(new TopicPartition("orders.v1", 0)));
            consumer.poll(Duration.ZERO);
            assertFalse(silent(check).contains(HANGING));

            await().until(() -> silent(check).contains(HANGING));

            consumer.poll(Duration.ZERO);
            assertFalse(silent(check).contains(HANGING));
        }
        assertFalse(silent(check).contains(HANGING), "once it is closed");
    }

    @Test
    void seesEveryConsumerOfTheService() throws MalformedObjectNameException {
        Set<String> clients =
                ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName(ConsumersPoll.CONSUMERS), null)
                        .stream()
                        .map(name -> name.getKeyProperty("client-id"))
                        .collect(Collectors.toSet());

        assertTrue(clients.contains("kafka-consumer-offers"), clients::toString);
        assertTrue(clients.stream().anyMatch(id -> id.startsWith("consumer-order-service.decide-")), clients::toString);
        assertTrue(
                clients.stream()
                                .filter(id -> id.matches("consumer-order-service-\\d+"))
                                .count()
                        >= 2,
                clients::toString);
        given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'consumers poll' }.status", equalTo("UP"));
    }

    private static Set<String> silent(ConsumersPoll check) {
        return check.call().getData().map(Map::keySet).orElse(Set.of());
    }
}
