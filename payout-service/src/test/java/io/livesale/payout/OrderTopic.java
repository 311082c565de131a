package io.livesale.payout;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends to orders.v1 as order-service would. */
public final class OrderTopic {
    private OrderTopic() {}

    /** The records keep their order when they have the same key. */
    public static void send(List<ConsumerRecord<byte[], byte[]>> events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            events.forEach(event -> producer.send(
                    new ProducerRecord<>("orders.v1", null, event.key(), event.value(), event.headers())));
        }
    }

    public static String brokers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }
}
