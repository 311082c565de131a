package io.livesale.order.tracking;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogPosition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
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
import java.util.stream.StreamSupport;
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
    /** Partitions are added rarely, and by hand. */
    private static final long REFRESHES_PER_LOOK_AT_THE_TOPIC = 240;

    private final Pool pool;
    private final Admin admin;
    private final MeterRegistry registry;
    private volatile @Nullable Map<Integer, Long> nextOffsets;
    private volatile Map<Integer, Long> endOffsets = Map.of();
    private List<TopicPartition> partitions = List.of();
    private Cancellable refreshing = () -> {};

    Backlog(Pool pool, @Identifier("default-kafka-broker") Map<String, Object> broker, MeterRegistry registry) {
        this.pool = pool;
        this.admin = Admin.create(broker);
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
        refreshing = Multi.createFrom()
                .ticks()
                .every(REFRESH)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        Uni.join().all(refreshDecided(), refreshEnds(tick)).andCollectFailures())
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "backlog no longer refreshed"));
    }

    private Uni<Void> refreshDecided() {
        return patiently(pool.query("""
                        SELECT partition, next_offset
                        FROM partition_progress
                        """)
                .execute()
                .invoke(rows -> nextOffsets = StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toUnmodifiableMap(
                                row -> row.getInteger("partition"), row -> row.getLong("next_offset")))));
    }

    private Uni<Void> refreshEnds(long tick) {
        boolean known = !partitions.isEmpty() && tick % REFRESHES_PER_LOOK_AT_THE_TOPIC != 0;
        return patiently((known ? Uni.createFrom().item(partitions) : lookAtTopic())
                .map(all -> all.stream().collect(Collectors.toMap(partition -> partition, end -> OffsetSpec.latest())))
                .chain(latest -> Uni.createFrom()
                        .completionStage(() -> admin.listOffsets(latest).all().toCompletionStage()))
                .invoke(ends -> endOffsets = ends.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                end -> end.getKey().partition(),
                                end -> end.getValue().offset())))
                .onFailure()
                .invoke(() -> partitions = List.of()));
    }

    private Uni<List<TopicPartition>> lookAtTopic() {
        return Uni.createFrom()
                .completionStage(() -> admin.describeTopics(List.of(CommandCodec.TOPIC))
                        .allTopicNames()
                        .toCompletionStage())
                .map(topics -> topics.get(CommandCodec.TOPIC).partitions().stream()
                        .map(partition -> new TopicPartition(CommandCodec.TOPIC, partition.partition()))
                        .toList())
                .invoke(found -> {
                    partitions = found;
                    found.forEach(partition -> measure(partition.partition()));
                });
    }

    private void measure(int partition) {
        Gauge.builder("order.log.waiting", () -> depth(partition))
                .description("Commands in the log that are not decided yet")
                .tag("partition", Integer.toString(partition))
                .register(registry);
    }

    /** What cannot be learned now is learned at a later tick; until then the last figures stand. */
    private static Uni<Void> patiently(Uni<?> refresh) {
        return refresh.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("backlog not refreshed reason=%s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Ends before the pool does, which beans are told only after it. */
    void stop(@Observes ShutdownEvent shutdown) {
        refreshing.cancel();
    }

    @PreDestroy
    void close() {
        admin.close(PATIENCE);
    }
}
