package io.livesale.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Every topic of the system with its partitions; nothing is created by accident of a first use. */
public final class Topics {
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
    /** Commands and order events are the truth other services rebuild from: age alone never drops them. */
    private static final Map<String, String> KEPT = Map.of("cleanup.policy", "delete", "retention.ms", "-1");

    /** A letter is the record as it was, up to the broker's 1 MiB, and its reason. */
    private static final Map<String, String> DEAD_LETTERS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "max.message.bytes", "2097152");

    private static final List<NewTopic> DATA = List.of(
            topic("offers.v1", 4, COMPACTED),
            topic("order-commands.v1", 8, KEPT),
            topic("orders.v1", 8, KEPT),
            topic("offer-sales.v1", 4, COMPACTED),
            topic("payouts.v1", 4, KEPT));

    private Topics() {}

    /** Creates whatever is missing; what is there stays as it is. */
    public static void createMissing(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (var created : admin.createTopics(all()).values().values()) {
                awaitCreated(created);
            }
        }
    }

    private static List<NewTopic> all() {
        return DATA.stream()
                .flatMap(topic -> Stream.of(topic, topic(topic.name() + ".dead-letters", 1, DEAD_LETTERS)))
                .toList();
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, partitions, (short) 1).configs(settings);
    }

    private static void awaitCreated(org.apache.kafka.common.KafkaFuture<Void> created) {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("cannot create a topic", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }
}
