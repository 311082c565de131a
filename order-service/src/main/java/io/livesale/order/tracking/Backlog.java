package io.livesale.order.tracking;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogPosition;
import io.livesale.order.LogProgress;
import io.livesale.order.Recurring;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far the deciding has come and how much waits, refreshed every quarter of a second; so a place in line told at the
 * door is that old at most, and the database is not asked for each order.
 */
@Singleton
class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STALE = PATIENCE.plus(REFRESH).multipliedBy(2);
    /** Only to tell that partitions were added, which is not to be done while we run. */
    private static final Duration LOOK_AT_TOPIC = Duration.ofMinutes(1);

    private final LogProgress progress;
    private final Admin admin;
    private final Recurring recurring;
    private final MeterRegistry registry;
    private volatile @Nullable Map<Integer, Long> nextOffsets;
    private volatile long lookedAt = System.nanoTime();
    private volatile Map<Integer, Long> endOffsets = Map.of();
    private volatile List<TopicPartition> partitions = List.of();

    Backlog(
            LogProgress progress,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Recurring recurring,
            MeterRegistry registry) {
        this.progress = progress;
        this.admin = Admin.create(broker);
        this.recurring = recurring;
        this.registry = registry;
    }

    /** How many commands stand before this position; 0 while nothing is known. */
    long ahead(LogPosition position) {
        return Math.max(0, position.offset() - nextOffset(position.partition()).orElse(position.offset()));
    }

    /** Whether the command at this position is decided for certain. */
    boolean isDecided(LogPosition position) {
        return nextOffset(position.partition()).stream().anyMatch(next -> next > position.offset());
    }

    /** Whether the command at this position was still to be decided a moment ago. */
    boolean isWaiting(LogPosition position) {
        return nextOffset(position.partition()).stream().anyMatch(next -> next <= position.offset());
    }

    /** The first command not decided; none of a partition is, of which nothing is written. Empty: not known yet. */
    private OptionalLong nextOffset(int partition) {
        Map<Integer, Long> known = nextOffsets;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.getOrDefault(partition, 0L));
    }

    /** Whether the database could be asked a moment ago. */
    boolean isFresh() {
        return System.nanoTime() - lookedAt < STALE.toNanos();
    }

    long depth(UUID offerId) {
        int partitionCount = endOffsets.size();
        if (partitionCount == 0) {
            return 0;
        }
        byte[] key = offerId.toString().getBytes(StandardCharsets.UTF_8);
        return depth(BuiltInPartitioner.partitionForKey(key, partitionCount));
    }

    private long depth(int partition) {
        long end = endOffsets.getOrDefault(partition, 0L);
        return Math.max(0, end - nextOffset(partition).orElse(end));
    }

    void start(@Observes Startup startup) {
        recurring.every(REFRESH, "see how far the log is decided", () -> patiently(refreshDecided()));
        recurring.every(REFRESH, "see how far the log goes", () -> patiently(refreshEnds()));
        recurring.every(LOOK_AT_TOPIC, "look at the log's partitions", () -> patiently(lookAtTopic()));
    }

    private Uni<?> refreshDecided() {
        return progress.nextOffsets().invoke(next -> {
            nextOffsets = next;
            lookedAt = System.nanoTime();
        });
    }

    private Uni<?> refreshEnds() {
        return (partitions.isEmpty() ? lookAtTopic() : Uni.createFrom().item(partitions))
                .map(all -> all.stream().collect(Collectors.toMap(partition -> partition, end -> OffsetSpec.latest())))
                .chain(latest -> Uni.createFrom()
                        .completionStage(() -> admin.listOffsets(latest).all().toCompletionStage()))
                .invoke(ends -> endOffsets = ends.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                end -> end.getKey().partition(),
                                end -> end.getValue().offset())));
    }

    private Uni<List<TopicPartition>> lookAtTopic() {
        return Uni.createFrom()
                .completionStage(() -> admin.describeTopics(List.of(CommandCodec.TOPIC))
                        .allTopicNames()
                        .toCompletionStage())
                .map(topics -> topics.get(CommandCodec.TOPIC).partitions().stream()
                        .map(partition -> new TopicPartition(CommandCodec.TOPIC, partition.partition()))
                        .toList())
                .invoke(this::found);
    }

    private synchronized void found(List<TopicPartition> now) {
        if (!partitions.isEmpty() && now.size() != partitions.size()) {
            LOG.errorf(
                    "the log's partitions changed while orders are taken, offers may be oversold before=%d now=%d",
                    partitions.size(), now.size());
        }
        now.stream().skip(partitions.size()).forEach(partition -> measure(partition.partition()));
        partitions = now;
    }

    private void measure(int partition) {
        Gauge.builder("order.log.waiting", () -> depth(partition))
                .description("Commands in the log that are not decided yet")
                .tag("partition", Integer.toString(partition))
                .register(registry);
    }

    /** What cannot be learned now is learned at a later tick; until then the last figures stand. */
    private static Uni<Void> patiently(Uni<?> refresh) {
        return refresh.ifNoItem().after(PATIENCE).fail().replaceWithVoid();
    }

    @PreDestroy
    void close() {
        admin.close(PATIENCE);
    }
}
