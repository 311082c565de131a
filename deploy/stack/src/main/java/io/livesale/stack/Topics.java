package io.livesale.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private Topics() {}

    /** Creates whatever is missing; what is there stays as it is. Returns when every partition can be written to. */
    public static void createMissing(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (var created : admin.createTopics(all()).values().values()) {
                awaitCreated(created);
            }
            awaitLeaders(admin);
        }
    }

    /** Of several brokers the one that is asked may not have heard of the topics yet. */
    private static void awaitLeaders(Admin admin) {
        Map<TopicPartition, OffsetSpec> ends = all().stream()
                .flatMap(Topics::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                await(admin.listOffsets(ends).all());
                return;
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    /**
     * All of a topic's. Their leaders are asked, because a partition is created before its leader knows of it: a producer's
     * first batch would be refused and its second taken, and then the first is out of order for ever (KAFKA-15591).
     */
    private static Stream<TopicPartition> partitions(NewTopic topic) {
        return IntStream.range(0, topic.numPartitions()).mapToObj(number -> new TopicPartition(topic.name(), number));
    }

    /** Each with that of its dead letters; how many copies there are is left to the brokers. */
    public static List<NewTopic> all() {
        return DATA.stream()
                .flatMap(topic -> Stream.of(topic, topic(topic.name() + ".dead-letters", 1, DEAD_LETTERS)))
                .toList();
    }

    /** On as many brokers as these say by their own settings. */
    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    private static void awaitCreated(KafkaFuture<Void> created) {
        try {
            await(created);
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void await(KafkaFuture<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }
}
