package io.livesale.payout;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sets a record aside on its topic's dead letters, as it was, with the reason and the place it came from in headers. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final PayoutSettings settings;
    private final MutinyEmitter<Record<byte[], byte[]>> emitter;

    DeadLetters(PayoutSettings settings, @Channel("dead-letters") MutinyEmitter<Record<byte[], byte[]>> emitter) {
        this.settings = settings;
        this.emitter = emitter;
    }

    /** Completes when the broker has confirmed it; waits for that as long as it takes. */
    public Uni<Void> send(ConsumerRecord<byte[], byte[]> source, String reason) {
        return Uni.createFrom()
                .deferred(() -> emitter.sendMessage(message(source, reason)))
                .onFailure()
                .invoke(fault -> LOG.warnf(
                        "dead letter waits topic=%s partition=%d offset=%d reason=%s",
                        source.topic(), source.partition(), source.offset(), fault))
                .onFailure()
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely()
                .invoke(() -> LOG.errorf(
                        "event set aside topic=%s partition=%d offset=%d reason=%s",
                        source.topic(), source.partition(), source.offset(), reason));
    }

    private static Message<Record<byte[], byte[]>> message(ConsumerRecord<byte[], byte[]> source, String reason) {
        Headers headers = new RecordHeaders(source.headers())
                .add("dead-letter-reason", utf8(reason))
                .add("dead-letter-topic", utf8(source.topic()))
                .add("dead-letter-partition", utf8(Integer.toString(source.partition())))
                .add("dead-letter-offset", utf8(Long.toString(source.offset())));
        return Message.of(Record.of(source.key(), source.value()))
                .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withTopic(source.topic() + ".dead-letters")
                        .withHeaders(headers)
                        .build());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
