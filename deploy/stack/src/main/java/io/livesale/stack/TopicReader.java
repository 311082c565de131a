package io.livesale.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads a topic from its start with a plain consumer. */
public final class TopicReader implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    public TopicReader(String name) {
        this(name, bootstrapServers());
    }

    /** @param broker another than the service's usual one */
    public TopicReader(String name, String broker) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList());
    }

    public static String bootstrapServers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    /** Everything there is up to now with this key. */
    public List<ConsumerRecord<String, String>> of(String key) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
        return read.stream().filter(record -> key.equals(record.key())).toList();
    }

    /** The keys, one for each record there is up to now, that begin so. */
    public List<String> keysBeginning(String prefix) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
        return read.stream()
                .map(ConsumerRecord::key)
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    public List<String> idsOf(String key) {
        return of(key).stream().map(record -> headers(record).get("ce_id")).toList();
    }

    public static Map<String, String> headers(ConsumerRecord<String, String> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
