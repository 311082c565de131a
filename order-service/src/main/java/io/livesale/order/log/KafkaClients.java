package io.livesale.order.log;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The one producer of this service. Its settings are what "accepted" means, so they are fixed here. */
@ApplicationScoped
class KafkaClients {
    static final Map<String, Object> DURABLE = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            // A send ends in at most this time, one way or the other; then the buyer is told to repeat it.
            "delivery.timeout.ms", "10000",
            "request.timeout.ms", "3000",
            // Bounds the wait for metadata or buffer space when the broker is away.
            "max.block.ms", "2000",
            // Waits a little to fill batches: one hot offer is one partition, and big batches carry its spike.
            "linger.ms", "5",
            "batch.size", "131072",
            "buffer.memory", "67108864",
            "compression.type", "lz4",
            // A dead letter is the record as it was, up to the broker's 1 MiB, and its reason.
            "max.request.size", "2097152");

    @Produces
    @Singleton
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.putAll(DURABLE);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(10));
    }
}
