package io.livesale.order;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads every partition of a topic on every replica, without a group and without commits, from its beginning or from its
 * end; after a fault it goes on where it was, so nothing is missed or read again. For views that each replica keeps in
 * memory.
 */
public final class TopicFollower implements AutoCloseable {
    /** Where to begin. */
    public enum From {
        BEGINNING,
        END
    }

    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Lets records gather: each trip to the broker costs as much as many of them. */
    private static final Duration LINGER = Duration.ofMillis(5);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Map<String, Object> settings;
    private final String topic;
    private final From from;
    private final Consumer<ConsumerRecord<String, byte[]>> reader;
    /** What to read next of each partition; the follower's thread's own. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts following.
     *
     * @param broker client settings with {@code bootstrap.servers}
     * @param reader gets each record on the follower's thread; what it throws is logged and the record passed over
     */
    public TopicFollower(
            Map<String, Object> broker, String topic, From from, Consumer<ConsumerRecord<String, byte[]>> reader) {
        this.settings = new HashMap<>(broker);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", from == From.BEGINNING ? "earliest" : "latest");
        this.topic = topic;
        this.from = from;
        this.reader = reader;
        this.thread = new VitalThread(this::run, "follow-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether everything that was in the topic at the start has been read. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                follow(consumer);
            } catch (RuntimeException e) {
                LOG.warnf("following interrupted topic=%s reason=%s", topic, e.toString());
                pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the topic is not there yet");
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        (from == From.BEGINNING ? consumer.beginningOffsets(partitions) : ends).forEach(next::putIfAbsent);
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, next.get(partition)));
        while (stopping.getCount() > 0) {
            if (!caughtUp() && reached(consumer, ends)) {
                caughtUp.countDown();
            }
            ConsumerRecords<String, byte[]> poll = consumer.poll(POLL);
            poll.forEach(this::read);
            poll.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
            if (!poll.isEmpty()) {
                pause(LINGER);
            }
        }
    }

    private boolean reached(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        try {
            reader.accept(entry);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "record passed over topic=%s partition=%d offset=%d reason=%s",
                    topic, entry.partition(), entry.offset(), e.toString());
        }
    }

    private void pause(Duration pause) {
        try {
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("following ends topic=%s", topic);
            }
        } catch (InterruptedException e) {
            // Only close() ends this thread. An interrupt is a fault like others, and over with this.
            LOG.debugf("following goes on topic=%s", topic);
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(POLL.multipliedBy(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
