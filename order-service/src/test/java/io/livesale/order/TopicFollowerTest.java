package io.livesale.order;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.TopicFollower.From;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OrderServiceTest
class TopicFollowerTest {
    private final String topic = "follower-" + UUID.randomUUID();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Inject
    Market market;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> broker;

    @BeforeEach
    void createTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(broker)) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereItWasAfterAFault(From from) {
        try (LogLines lines = new LogLines(TopicFollower.class);
                TopicFollower follower = new TopicFollower(
                        broker, topic, from, entry -> heard.add(new String(entry.value(), StandardCharsets.UTF_8)))) {
            await().until(follower::caughtUp);
            send("before");
            await().until(() -> heard.size() == 1);

            loseConsumer();
            send("meanwhile");

            await().until(() -> heard.contains("meanwhile"));
            assertEquals(List.of("before", "meanwhile"), heard);
            lines.awaitOne("following interrupted");
        }
    }

    private void send(String value) {
        market.send(new ProducerRecord<>(topic, 0, "key", value.getBytes(StandardCharsets.UTF_8)));
    }

    /** A poll that is interrupted fails as any other may. */
    private void loseConsumer() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("follow-" + topic))
                .forEach(Thread::interrupt);
    }
}
