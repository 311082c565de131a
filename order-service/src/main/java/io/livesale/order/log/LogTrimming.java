package io.livesale.order.log;

import io.livesale.order.CommandCodec;
import io.livesale.order.CommandLog;
import io.livesale.order.LogProgress;
import io.livesale.order.OrderSettings;
import io.livesale.order.Recurring;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jboss.logging.Logger;

/**
 * Deletes commands from the log that are decided, told and old, and after them the events stored for their replay. The
 * topic itself keeps everything, for its own retention would not ask whether a command was decided. Every replica may do
 * so at any time: both deletions name an end, and what is gone already does not matter.
 */
@Singleton
class LogTrimming {
    private static final Logger LOG = Logger.getLogger(LogTrimming.class);
    /** Event batches deleted by one statement; some hundred KB each at most. */
    private static final int PAGE = 1000;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> broker;
    private final LogProgress progress;
    private final Pool pool;
    private final Recurring recurring;
    private final Clock clock;
    private final OrderSettings.Log settings;

    LogTrimming(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            LogProgress progress,
            Pool pool,
            Recurring recurring,
            Clock clock,
            OrderSettings settings) {
        this.broker = broker;
        this.progress = progress;
        this.pool = pool;
        this.recurring = recurring;
        this.clock = clock;
        this.settings = settings.log();
    }

    void start(@Observes Startup startup) {
        recurring.every(settings.trimming(), "trim the command log", this::trim);
    }

    /** Closing a client waits for it, which an event loop must not. */
    Uni<Void> trim() {
        return Uni.createFrom()
                .item(() -> Admin.create(broker))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(admin -> trim(admin)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .eventually(() -> admin.close(LONGEST_CLOSE)));
    }

    private Uni<Void> trim(Admin admin) {
        return decided(admin)
                .chain(decided -> standing(admin, decided))
                .call(partitions -> deleteCommands(admin, partitions))
                .chain(this::deleteEvents);
    }

    /** The first offset of each partition that is not decided. What is no more would be asked after in vain. */
    private Uni<Map<TopicPartition, Long>> decided(Admin admin) {
        return Uni.combine()
                .all()
                .unis(partitions(admin), progress.nextOffsets())
                .with((partitions, next) -> partitions.stream()
                        .filter(next::containsKey)
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(CommandCodec.TOPIC, partition), next::get)));
    }

    private static Uni<List<Integer>> partitions(Admin admin) {
        return uni(admin.describeTopics(List.of(CommandCodec.TOPIC)).allTopicNames())
                .map(topics -> topics.get(CommandCodec.TOPIC).partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .toList());
    }

    /**
     * How a partition stands, in offsets.
     *
     * @param start of its log
     * @param end of its log
     * @param young of the first record within the retention; -1 when there is none
     * @param decided of the first command that is not
     * @param told of the first command whose events may not have been sent
     */
    record Standing(long start, long end, long young, long decided, long told) {
        /** The first offset to keep. */
        long keepFrom() {
            long old = young < 0 ? end : young;
            return Math.max(start, Math.min(old, Math.min(decided, told)));
        }
    }

    private Uni<Map<TopicPartition, Standing>> standing(Admin admin, Map<TopicPartition, Long> decided) {
        long youngest = clock.instant().minus(settings.retention()).toEpochMilli();
        return Uni.combine()
                .all()
                .unis(
                        offsets(admin, decided.keySet(), OffsetSpec.earliest()),
                        offsets(admin, decided.keySet(), OffsetSpec.latest()),
                        offsets(admin, decided.keySet(), OffsetSpec.forTimestamp(youngest)),
                        told(admin))
                .with((starts, ends, young, told) -> decided.keySet().stream()
                        .collect(Collectors.toMap(
                                partition -> partition,
                                partition -> new Standing(
                                        starts.get(partition),
                                        ends.get(partition),
                                        young.get(partition),
                                        decided.get(partition),
                                        told.getOrDefault(partition, 0L)))));
    }

    private static Uni<Map<TopicPartition, Long>> offsets(
            Admin admin, Set<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        return uni(admin.listOffsets(wanted).all())
                .map(found -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Entry::getKey, entry -> entry.getValue().offset())));
    }

    private static Uni<Map<TopicPartition, Long>> told(Admin admin) {
        return uni(admin.listConsumerGroupOffsets(CommandLog.DECIDERS).partitionsToOffsetAndMetadata())
                .map(committed -> committed.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .collect(Collectors.toMap(
                                Entry::getKey, entry -> entry.getValue().offset())));
    }

    private static Uni<Void> deleteCommands(Admin admin, Map<TopicPartition, Standing> partitions) {
        Map<TopicPartition, RecordsToDelete> old = partitions.entrySet().stream()
                .filter(entry -> entry.getValue().keepFrom() > entry.getValue().start())
                .collect(Collectors.toMap(
                        Entry::getKey,
                        entry -> RecordsToDelete.beforeOffset(entry.getValue().keepFrom())));
        return uni(admin.deleteRecords(old).all())
                .invoke(() -> old.forEach((partition, end) -> LOG.infof(
                        "commands deleted partition=%d before=%d", partition.partition(), end.beforeOffset())));
    }

    private Uni<Void> deleteEvents(Map<TopicPartition, Standing> partitions) {
        return Multi.createFrom()
                .iterable(partitions.entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> deleteEvents(
                        entry.getKey().partition(), entry.getValue().keepFrom()))
                .onItem()
                .ignoreAsUni();
    }

    /** Of commands that are in the log no more, whoever deleted them; so nobody can replay those. */
    private Uni<Void> deleteEvents(int partition, long logStart) {
        return Multi.createBy()
                .repeating()
                .uni(() -> deletePage(partition, logStart))
                .whilst(deleted -> deleted.rowCount() == PAGE)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<RowSet<Row>> deletePage(int partition, long logStart) {
        return pool.preparedQuery("""
                        DELETE FROM event_batch
                        WHERE partition = $1
                          AND end_offset IN (SELECT end_offset
                                             FROM event_batch
                                             WHERE partition = $1
                                               AND end_offset <= $2
                                             ORDER BY end_offset
                                             LIMIT $3)
                        """).execute(Tuple.of(partition, logStart, PAGE));
    }

    private static <T> Uni<T> uni(KafkaFuture<T> future) {
        return Uni.createFrom().completionStage(future.toCompletionStage());
    }
}
