package io.livesale.e2e.faults;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that no reader can take, marked so that a run tells its own from what the services wrote. */
final class Poison {
    private static final String MARK = "fault-run";

    private Poison() {}

    static boolean isPoison(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(MARK) != null;
    }

    static ProducerRecord<String, byte[]> record(
            String topic, int partition, @Nullable String key, byte @Nullable [] value, String type) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        add(record, MARK, "poison");
        add(record, "ce_specversion", "1.0");
        add(record, "ce_id", "poison");
        add(record, "ce_type", type);
        add(record, "ce_source", "/nobody");
        add(record, "ce_time", "2026-01-01T00:00:00Z");
        return record;
    }

    private static void add(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
