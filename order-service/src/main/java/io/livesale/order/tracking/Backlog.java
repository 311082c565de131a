package io.livesale.order.tracking;

import io.livesale.order.CommandCodec;
import io.livesale.order.LogPosition;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * How far the deciding has come and how much waits, refreshed every quarter of a second; so a place in line told at the
 * door is that old at most, and the database is not asked for each order.
 */
@Singleton
class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool pool;
    private final Admin admin;
    private volatile Map<Integer, Long> nextOffsets = Map.of();
    private volatile Map<Integer, Long> endOffsets = Map.of();
    private Cancellable refreshing = () -> {};

    Backlog(Pool pool, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.pool = pool;
        this.admin = Admin.create(broker);
    }

    long ahead(LogPosition position) {
        return Math.max(0, position.offset() - nextOffsets.getOrDefault(position.partition(), position.offset()));
    }

    long depth(UUID offerId) {
        Map<Integer, Long> ends = endOffsets;
        if (ends.isEmpty()) {
            return 0;
        }
        byte[] key = offerId.toString().getBytes(StandardCharsets.UTF_8);
        int partition = BuiltInPartitioner.partitionForKey(key, ends.size());
        return Math.max(0, ends.get(partition) - nextOffsets.getOrDefault(partition, 0L));
    }

    void start(@Observes Startup startup) {
        refreshing = Multi.createFrom()
                .ticks()
                .every(REFRESH)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(
                        tick -> Uni.join().all(refreshDecided(), refreshEnds()).andCollectFailures())
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

    private Uni<Void> refreshEnds() {
        return patiently(Uni.createFrom()
                .completionStage(() -> admin.describeTopics(List.of(CommandCodec.TOPIC))
                        .allTopicNames()
                        .toCompletionStage())
                .map(topics -> topics.get(CommandCodec.TOPIC).partitions().stream()
                        .map(partition -> new TopicPartition(CommandCodec.TOPIC, partition.partition()))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .chain(latest -> Uni.createFrom()
                        .completionStage(() -> admin.listOffsets(latest).all().toCompletionStage()))
                .invoke(ends -> endOffsets = ends.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                end -> end.getKey().partition(),
                                end -> end.getValue().offset()))));
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
