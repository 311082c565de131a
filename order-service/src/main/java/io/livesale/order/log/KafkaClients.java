package io.livesale.order.log;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Factory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** The producers of this service. Their settings are what "accepted" means, so they are fixed here. */
@ApplicationScoped
class KafkaClients {
    /** Names the producer that an event loop may use: it answers at once, and refuses what it has no room for. */
    static final String WITHOUT_WAITING = "without-waiting";

    private static final Logger LOG = Logger.getLogger(KafkaClients.class);
    private static final int FIRST = 1;
    private static final Duration NEVER = Duration.ofDays(3650);

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
            // Kept once it was filled. More than all orders that may be on their way take, so payments find room.
            "buffer.memory", "16777216",
            "compression.type", "lz4",
            // A dead letter is the record as it was, up to the broker's 1 MiB, and its reason.
            "max.request.size", "2097152");

    /**
     * Before any client is made. LZ4 uses its native code only if that was asked for, unless its classes come from the
     * system class loader, which they do not here; in Java it costs several times as much.
     */
    void loadNativeCompression(@Observes @Priority(FIRST) Startup startup) {
        try {
            LOG.debugf("compressing with %s", LZ4Factory.nativeInstance());
        } catch (LinkageError | RuntimeException e) {
            LOG.warnf("compressing in Java, which is slower reason=%s", e);
        }
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        return create(broker, Map.of());
    }

    /**
     * Where the log lies is not forgotten, neither when nobody has sent to it for a while nor when no broker can be
     * reached: finding out would be waiting. So the brokers' names must outlive them, as those of stateful sets do.
     */
    @Produces
    @Singleton
    @Identifier(WITHOUT_WAITING) Producer<String, byte[]> producerWithoutWaiting(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        return create(
                broker,
                Map.of(
                        "max.block.ms", "0",
                        "metadata.max.idle.ms", Long.toString(NEVER.toMillis()),
                        "metadata.recovery.strategy", "none"));
    }

    private static Producer<String, byte[]> create(Map<String, Object> broker, Map<String, Object> others) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.putAll(DURABLE);
        settings.put("interceptor.classes", List.of(FatalFaults.class));
        settings.putAll(others);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    void closeWithoutWaiting(@Disposes @Identifier(WITHOUT_WAITING) Producer<String, byte[]> producer) {
        close(producer);
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(10));
    }
}
