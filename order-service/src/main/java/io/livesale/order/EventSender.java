package io.livesale.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends records of any topic and completes once the broker has confirmed every one of them. */
@Singleton
public class EventSender {
    private static final Logger LOG = Logger.getLogger(EventSender.class);

    /** A record that cannot be read, and why. */
    public record Unreadable(ConsumerRecord<String, byte[]> entry, String reason) {}

    private final Producer<String, byte[]> producer;
    private final Counter deadLetters;

    EventSender(Producer<String, byte[]> producer, MeterRegistry metrics) {
        this.producer = producer;
        this.deadLetters = Counter.builder("order.dead.letters")
                .description("Records that could not be read and were set aside")
                .register(metrics);
    }

    public Uni<Void> send(List<CloudEvent> events) {
        return sendAll(events, CloudEvent::toRecord);
    }

    /** Puts unreadable records on {@code <topic>.dead-letters}, as they were, with the reason in their headers. */
    public Uni<Void> divert(List<Unreadable> unreadable) {
        return sendAll(unreadable, EventSender::deadLetter).invoke(() -> deadLetters.increment(unreadable.size()));
    }

    private static ProducerRecord<String, byte[]> deadLetter(Unreadable letter) {
        ConsumerRecord<String, byte[]> entry = letter.entry();
        LOG.warnf(
                "record diverted to dead letters topic=%s partition=%d offset=%d reason=%s",
                entry.topic(), entry.partition(), entry.offset(), letter.reason());
        RecordHeaders headers = new RecordHeaders(entry.headers());
        headers.add(CloudEvent.header("dead-letter-reason", letter.reason()));
        headers.add(CloudEvent.header("dead-letter-topic", entry.topic()));
        headers.add(CloudEvent.header("dead-letter-partition", Integer.toString(entry.partition())));
        headers.add(CloudEvent.header("dead-letter-offset", Long.toString(entry.offset())));
        return new ProducerRecord<>(entry.topic() + ".dead-letters", null, entry.key(), entry.value(), headers);
    }

    /** Sending may block while the broker is away, which an event loop must not: a worker thread does it. */
    private <T> Uni<Void> sendAll(List<T> outgoing, Function<T, ProducerRecord<String, byte[]>> toRecord) {
        if (outgoing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return CallerContext.resume(Uni.createFrom()
                .completionStage(() -> {
                    Confirmations confirmations = new Confirmations(outgoing.size());
                    outgoing.forEach(one -> producer.send(toRecord.apply(one), confirmations));
                    return confirmations.all;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    /** Counts what the broker confirms; complete with the last, failed with the first that failed. */
    private static final class Confirmations implements Callback {
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private final AtomicInteger left;

        private Confirmations(int expected) {
            this.left = new AtomicInteger(expected);
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                all.completeExceptionally(failure);
            } else if (left.decrementAndGet() == 0) {
                all.complete(null);
            }
        }
    }
}
