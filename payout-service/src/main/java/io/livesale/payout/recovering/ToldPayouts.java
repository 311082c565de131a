package io.livesale.payout.recovering;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.livesale.payout.PayoutEvent;
import io.livesale.payout.Problem;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Reads payouts.v1 from its beginning to where it ends just now, for one reader and in no group. */
@ApplicationScoped
class ToldPayouts {
    private static final Logger LOG = Logger.getLogger(ToldPayouts.class);

    private static final Duration POLL = Duration.ofMillis(500);
    /** A broker that gives nothing for so long is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> kafka;
    private final String topic;
    private final ObjectReader reader;

    ToldPayouts(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.outgoing.payouts.topic") String topic,
            ObjectMapper json) {
        this.kafka = kafka;
        this.topic = topic;
        this.reader = json.readerFor(PayoutEvent.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** How many events there were, and how many of them nobody can read. */
    record Extent(long events, long unreadable) {}

    /**
     * Blocks until all is read. Fails with {@link Problem#UNAVAILABLE} when the broker does not give it.
     *
     * @param page takes the events of one poll, those of one payout in the order of its changes
     */
    Extent read(Consumer<List<PayoutEvent>> page) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, page);
        } catch (KafkaException e) {
            LOG.warnf("payouts.v1 not read reason=%s", e);
            throw Problem.UNAVAILABLE.because("The broker does not give what was told of payouts.");
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What is not there any more is a fault, not an end.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        return settings;
    }

    private Extent read(KafkaConsumer<byte[], byte[]> consumer, Consumer<List<PayoutEvent>> page) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long events = 0;
        long unreadable = 0;
        long lastNews = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (records.isEmpty() && System.nanoTime() - lastNews > PATIENCE.toNanos()) {
                throw new KafkaException("nothing read for " + PATIENCE);
            }
            List<PayoutEvent> told = new ArrayList<>();
            records.forEach(record -> event(record).ifPresent(told::add));
            if (!records.isEmpty()) {
                page.accept(told);
                lastNews = System.nanoTime();
            }
            events += records.count();
            unreadable += records.count() - told.size();
        }
        return new Extent(events, unreadable);
    }

    private Optional<PayoutEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            PayoutEvent event = record.value() == null ? null : reader.readValue(record.value());
            if (event == null) {
                throw new IllegalArgumentException("no event");
            }
            event.requireWhole();
            return Optional.of(event);
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf("not a payout's event partition=%d offset=%d", record.partition(), record.offset());
            return Optional.empty();
        }
    }
}
