package io.livesale.order.processing;

import io.livesale.order.CommandCodec;
import io.livesale.order.CommandLog;
import io.livesale.order.EventSender;
import io.livesale.order.LogProgress;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderSettings.GroupProtocol;
import io.livesale.order.Retries;
import io.livesale.order.VitalThread;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command log on a thread of its own and hands each partition's records to that partition's {@link
 * PartitionLane}. Partitions do not wait for each other: a full lane is not polled until it has room. An offset is
 * committed only after the broker confirmed the events of what lies before it, so a crash repeats records, which then
 * re-send the stored events and change nothing.
 */
@Singleton
class CommandProcessor {
    private static final Logger LOG = Logger.getLogger(CommandProcessor.class);
    /** How soon a lane that has room again is polled. */
    private static final Duration POLL = Duration.ofMillis(10);

    /**
     * Batches under way beyond one of each partition: two for a single hot one, as it takes to keep the database busy. A
     * thousand orders with their events are some four megabytes, and the heap is small.
     */
    private static final int ROOM = 4;

    /** A commit for each batch would be as much work for the broker as the batch; a crash repeats so much more. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(500);

    /** What a restored database has not decided waits so long, if no command comes before. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Map<String, Object> broker;
    private final BatchDecision decision;
    private final LogProgress progress;
    private final EventSender events;
    private final Retries retries;
    private final OrderSettings.Processing settings;
    private final Map<TopicPartition, PartitionLane> lanes = new HashMap<>();
    private final Thread thread = new VitalThread(this::run, "decide");
    private final Semaphore room = new Semaphore(ROOM);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private long lastCommit = System.nanoTime();
    private long lastLook = System.nanoTime();

    CommandProcessor(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            BatchDecision decision,
            LogProgress progress,
            EventSender events,
            Retries retries,
            OrderSettings settings) {
        this.broker = broker;
        this.decision = decision;
        this.progress = progress;
        this.events = events;
        this.retries = retries;
        this.settings = settings.processing();
    }

    void start(@Observes Startup startup) {
        if (settings.enabled()) {
            thread.start();
        }
    }

    /** Before the pool and the producer go. */
    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping.countDown();
        thread.join(settings.handover().multipliedBy(2).toMillis());
    }

    private void run() {
        while (isRunning()) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(CommandCodec.TOPIC), new Handover(consumer));
                while (isRunning()) {
                    ConsumerRecords<String, byte[]> poll = consumer.poll(POLL);
                    poll.partitions().forEach(partition -> lanes.get(partition).add(poll.records(partition)));
                    lookForGapsNowAndThen(consumer);
                    beginAnewAtGaps(consumer);
                    pauseWhereFull(consumer);
                    commitNowAndThen(consumer);
                    if (!poll.isEmpty() && poll.count() < settings.maxBatch()) {
                        pause(settings.linger());
                    }
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "reading the command log interrupted, beginning anew");
                pause(PAUSE_AFTER_FAULT);
            } finally {
                lanes.values().forEach(PartitionLane::stop);
                lanes.clear();
            }
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void pause(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("deciding ends");
            }
        } catch (InterruptedException e) {
            // Only stop() ends this thread. An interrupt is a fault like others, and over with this.
            LOG.debug("deciding goes on");
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> consumer = new HashMap<>(broker);
        consumer.put("group.id", CommandLog.DECIDERS);
        consumer.put("group.protocol", settings.groupProtocol().name());
        consumer.put("enable.auto.commit", "false");
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("max.poll.records", Integer.toString(settings.maxBatch()));
        if (settings.groupProtocol() == GroupProtocol.CLASSIC) {
            consumer.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
            // A replica killed is missed after ten seconds, not forty-five: its buyers wait meanwhile. In the newer
            // protocol the broker's group.consumer.session.timeout.ms says so.
            consumer.put("session.timeout.ms", "10000");
        }
        return consumer;
    }

    /** A lane with nothing to do would not find out that the database was restored. */
    private void lookForGapsNowAndThen(KafkaConsumer<String, byte[]> consumer) {
        if (System.nanoTime() - lastLook < LOOK_EVERY.toNanos()) {
            return;
        }
        lastLook = System.nanoTime();
        Map<PartitionLane, TopicPartition> idle = new HashMap<>();
        lanes.forEach((partition, lane) -> {
            if (lane.isIdle()) {
                idle.put(lane, partition);
            }
        });
        Map<TopicPartition, Long> positions = positions(consumer, idle.values());
        progress.nextOffsets()
                .subscribe()
                .with(
                        next -> idle.forEach((lane, partition) -> compare(
                                lane,
                                next.getOrDefault(partition.partition(), 0L),
                                positions.getOrDefault(partition, 0L))),
                        fault -> LOG.debugf("not compared with the database reason=%s", fault));
    }

    /** What lies before the position of an idle lane is decided. */
    private static void compare(PartitionLane lane, long next, long position) {
        if (next < position) {
            lane.found(new Gap(next, position));
        }
    }

    /** Those that are known without waiting for the broker. */
    private static Map<TopicPartition, Long> positions(
            KafkaConsumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                positions.put(partition, consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                LOG.debugf("nothing is read yet of %s", partition);
            }
        }
        return positions;
    }

    private void beginAnewAtGaps(KafkaConsumer<String, byte[]> consumer) {
        lanes.replaceAll((partition, lane) -> lane.gap()
                .map(gap -> {
                    gap.readAgain(consumer, partition);
                    return lane(partition, OptionalLong.of(gap.from()));
                })
                .orElse(lane));
    }

    private PartitionLane lane(TopicPartition partition, OptionalLong begin) {
        return new PartitionLane(partition, begin, decision, events, retries, room, settings);
    }

    private void pauseWhereFull(KafkaConsumer<String, byte[]> consumer) {
        Map<Boolean, List<TopicPartition>> byRoom = lanes.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        lane -> lane.getValue().isFull(), Collectors.mapping(Entry::getKey, Collectors.toList())));
        consumer.pause(byRoom.get(true));
        consumer.resume(byRoom.get(false));
    }

    private void commitNowAndThen(KafkaConsumer<String, byte[]> consumer) {
        if (System.nanoTime() - lastCommit < COMMIT_EVERY.toNanos()) {
            return;
        }
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = takeConfirmed(lanes.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, this::putBackOnFailure);
        }
    }

    private void putBackOnFailure(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null) {
            // While replicas come and go every commit ends so, and is made up for when partitions are given up.
            Logger.Level level =
                    failure instanceof RebalanceInProgressException ? Logger.Level.DEBUG : Logger.Level.WARN;
            LOG.logf(level, "offsets not committed, tried again reason=%s", failure);
            offsets.forEach((partition, offset) ->
                    Optional.ofNullable(lanes.get(partition)).ifPresent(lane -> lane.putBack(offset.offset())));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> takeConfirmed(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach(partition -> lanes.get(partition)
                .takeConfirmed()
                .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    /** Opens a lane for each partition that comes and ends those of partitions that go. */
    private final class Handover implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        private Handover(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> come) {
            LOG.infof("partitions assigned %s", come);
            come.forEach(partition -> lanes.put(partition, lane(partition, OptionalLong.empty())));
        }

        /** Whoever comes next finds as little as possible to repeat. What is not finished in time, the fence stops. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> go) {
            LOG.infof("partitions revoked %s", go);
            CompletableFuture.allOf(stopLanes(go))
                    .completeOnTimeout(null, settings.handover().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            Map<TopicPartition, OffsetAndMetadata> offsets = takeConfirmed(go);
            lanes.keySet().removeAll(go);
            try {
                consumer.commitSync(offsets, settings.handover());
            } catch (KafkaException e) {
                LOG.warnf("offsets not committed reason=%s", e);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> gone) {
            LOG.warnf("partitions lost %s", gone);
            stopLanes(gone);
            lanes.keySet().removeAll(gone);
        }

        private CompletableFuture<?>[] stopLanes(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .map(partition -> lanes.get(partition).stop())
                    .toArray(CompletableFuture[]::new);
        }
    }
}
