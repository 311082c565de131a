package io.livesale.e2e;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a service would tell of, put into its topic by a test instead. */
final class Told {
    private Told() {}

    /** @param subject whose number-th event it is, and the record's key */
    static ProducerRecord<String, byte[]> event(
            String topic, String source, String subject, int number, String type, String at, JsonObject data) {
        ProducerRecord<String, byte[]> event =
                new ProducerRecord<>(topic, subject, data.encode().getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        subject + "." + number,
                        "ce_type",
                        type,
                        "ce_source",
                        source,
                        "ce_time",
                        at,
                        "ce_subject",
                        subject,
                        "content-type",
                        "application/json")
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }
}
