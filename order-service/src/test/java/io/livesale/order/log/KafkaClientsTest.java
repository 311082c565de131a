package io.livesale.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
    /** What "accepted" promises rests on these, as the client understands them. */
    @Test
    void confirmsOnlyWhatEveryReplicaHoldsAndGivesUpInTenSeconds() {
        Map<String, Object> settings = new HashMap<>(KafkaClients.DURABLE);
        settings.put("bootstrap.servers", "localhost:9");
        settings.put("key.serializer", ByteArraySerializer.class);
        settings.put("value.serializer", ByteArraySerializer.class);

        ProducerConfig effective = new ProducerConfig(settings);

        assertEquals("-1", effective.getString("acks"));
        assertEquals(true, effective.getBoolean("enable.idempotence"));
        assertEquals(10_000, effective.getInt("delivery.timeout.ms"));
        assertEquals(3_000, effective.getInt("request.timeout.ms"));
        assertEquals(2_000, effective.getLong("max.block.ms"));
    }
}
