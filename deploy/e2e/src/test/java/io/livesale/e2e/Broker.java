package io.livesale.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Kafka as an operator sees it. */
public final class Broker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Tells its settings with every client; held here because loggers are forgotten with their levels. */
    private static final Logger TALKATIVE = Logger.getLogger("org.apache.kafka");

    static {
        TALKATIVE.setLevel(Level.WARNING);
    }

    private final Map<String, Object> settings;
    private final Admin admin;

    public Broker(String bootstrapServers) {
        settings = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(settings);
    }

    /** {@code Classic} or {@code Consumer}. */
    String protocolOf(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all())
                .get(group)
                .type()
                .toString();
    }

    /** Whom the group counts on. */
    public Set<String> members(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).get(group).members().stream()
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    /** How many records of a topic the group has not confirmed yet. */
    public long lag(String group, String topic) {
        Map<TopicPartition, OffsetAndMetadata> read = confirmed(group);
        return ends(topic).entrySet().stream()
                .mapToLong(end -> end.getValue() - position(read, end.getKey()))
                .sum();
    }

    /** Whether the group has confirmed everything before these ends. */
    public boolean hasRead(String group, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> read = confirmed(group);
        return ends.entrySet().stream().allMatch(end -> position(read, end.getKey()) >= end.getValue());
    }

    private Map<TopicPartition, OffsetAndMetadata> confirmed(String group) {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static long position(Map<TopicPartition, OffsetAndMetadata> read, TopicPartition partition) {
        return read.get(partition) == null ? 0 : read.get(partition).offset();
    }

    /** Makes a group that nobody is in begin anew. */
    public void forget(String group) {
        get(admin.deleteConsumerGroups(List.of(group)).all());
    }

    /** Likewise, and whether it did: while somebody is still in it, it does not. */
    public boolean forgets(String group) {
        try {
            forget(group);
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    /** Where a key's records are. */
    public TopicPartition partitionOf(String key, String topic) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return new TopicPartition(
                topic, Utils.toPositive(Utils.murmur2(bytes)) % ends(topic).size());
    }

    /** Every record that is there now. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        Map<TopicPartition, Long> ends = ends(topic);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** Where the next record of each partition will be. */
    public Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest =
                get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic, partition.partition()),
                                partition -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        admin.close();
    }
}
