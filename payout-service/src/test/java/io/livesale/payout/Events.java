package io.livesale.payout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Records of orders.v1 as a consumer gets them. */
public final class Events {
    private Events() {}

    public static ConsumerRecord<byte[], byte[]> of(String id, String type, String json) {
        ConsumerRecord<byte[], byte[]> event = bare(json);
        event.headers().add("ce_specversion", utf8("1.0"));
        event.headers().add("ce_id", utf8(id));
        event.headers().add("ce_type", utf8(type));
        event.headers().add("ce_source", utf8("/order-service"));
        return event;
    }

    /** A record without CloudEvents headers. */
    public static ConsumerRecord<byte[], byte[]> bare(String value) {
        return new ConsumerRecord<>("orders.v1", 0, 0, utf8("key"), utf8(value));
    }

    public static ConsumerRecord<byte[], byte[]> withKey(byte[] key, ConsumerRecord<byte[], byte[]> event) {
        ConsumerRecord<byte[], byte[]> copy = new ConsumerRecord<>("orders.v1", 0, 0, key, event.value());
        event.headers().forEach(copy.headers()::add);
        return copy;
    }

    public static ConsumerRecords<byte[], byte[]> batch(List<ConsumerRecord<byte[], byte[]>> events) {
        return new ConsumerRecords<>(Map.of(new TopicPartition("orders.v1", 0), events), Map.of());
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
