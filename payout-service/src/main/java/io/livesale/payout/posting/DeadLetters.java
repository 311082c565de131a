package io.livesale.payout.posting;

import io.livesale.payout.PayoutSettings;
import io.livesale.payout.posting.Reading.Unreadable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sets unreadable records aside, as they were, with the reason and the place they came from in headers. */
@ApplicationScoped
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<Record<byte[], byte[]>> emitter;
    private final PayoutSettings settings;
    private final PostingMeters meters;

    DeadLetters(
            @Channel("dead-letters") MutinyEmitter<Record<byte[], byte[]>> emitter,
            PayoutSettings settings,
            PostingMeters meters) {
        this.emitter = emitter;
        this.settings = settings;
        this.meters = meters;
    }

    /** Completes when the broker has confirmed every one of them; waits for it as long as it takes. */
    Uni<Void> send(List<Unreadable> letters) {
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(Unreadable letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        return Uni.createFrom()
                .deferred(() -> emitter.sendMessage(message(letter)))
                .onFailure()
                .invoke(fault -> LOG.warnf("dead letter waits offset=%d reason=%s", source.offset(), fault))
                .onFailure()
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely()
                .invoke(meters::unreadable)
                .invoke(() -> LOG.errorf(
                        "order event set aside topic=%s partition=%d offset=%d reason=%s",
                        source.topic(), source.partition(), source.offset(), letter.reason()));
    }

    private static Message<Record<byte[], byte[]>> message(Unreadable letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        Headers headers = new RecordHeaders(source.headers())
                .add("dead-letter-reason", utf8(letter.reason()))
                .add("dead-letter-topic", utf8(source.topic()))
                .add("dead-letter-partition", utf8(Integer.toString(source.partition())))
                .add("dead-letter-offset", utf8(Long.toString(source.offset())));
        return Message.of(Record.of(source.key(), source.value()))
                .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withHeaders(headers)
                        .build());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
