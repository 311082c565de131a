package io.livesale.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** With a broker that takes its time to confirm. */
class KafkaCommandLogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final KafkaCommandLog log = log(producer);

    @Test
    void asManyOrdersAsMayBeOnTheirWayLeaveRoomForPayments() {
        CompletableFuture<LogPosition> order = append(order());
        CompletableFuture<LogPosition> oneTooMany = append(order());

        CompletableFuture<LogPosition> payment = append(payment());

        assertTrue(oneTooMany.isCompletedExceptionally());
        assertEquals(2, producer.history().size());
        assertFalse(order.isDone() || payment.isDone(), "nothing is confirmed yet");
        producer.completeNext();
        producer.completeNext();
        assertEquals(0, order.join().offset());
        assertEquals(1, payment.join().offset());
    }

    @Test
    void tellsWhatIsOnItsWayAndNotWhatItHasNoRoomFor() {
        AtomicInteger underWay = new AtomicInteger();

        CompletableFuture<LogPosition> order =
                log.append(order(), underWay::incrementAndGet).subscribeAsCompletionStage();
        CompletableFuture<LogPosition> oneTooMany =
                log.append(order(), underWay::incrementAndGet).subscribeAsCompletionStage();

        assertEquals(1, underWay.get());
        assertFalse(order.isDone(), "it is not confirmed yet");
        assertTrue(oneTooMany.isCompletedExceptionally());
    }

    @Test
    void whatIsConfirmedMakesRoomForItsLike() {
        append(order());
        append(payment());
        assertEquals(2, producer.history().size());

        producer.completeNext();

        assertFalse(append(order()).isCompletedExceptionally());
        assertTrue(append(payment()).isCompletedExceptionally());
    }

    @Test
    void whileTheBrokerIsAwayNobodyWaitsAndNoPlaceIsLost() {
        try (Producer<String, byte[]> nowhere =
                new KafkaClients().producerWithoutWaiting(Map.of("bootstrap.servers", "localhost:1"))) {
            KafkaCommandLog away = log(nowhere);
            for (int press = 1; press <= 3; press++) {
                CompletableFuture<LogPosition> answer = append(away, order());

                assertTrue(answer.isCompletedExceptionally(), "it was answered at once");
                Throwable refusal =
                        assertThrows(CompletionException.class, answer::join).getCause();
                assertTrue(refusal.getMessage().contains("did not confirm"), refusal.getMessage());
            }
        }
    }

    private static KafkaCommandLog log(Producer<String, byte[]> producer) {
        return new KafkaCommandLog(
                producer, Settings.with(Map.of("order.intake.max-in-flight", "1")), new SimpleMeterRegistry());
    }

    private CompletableFuture<LogPosition> append(OrderCommand command) {
        return append(log, command);
    }

    private static CompletableFuture<LogPosition> append(KafkaCommandLog log, OrderCommand command) {
        return log.append(command).subscribeAsCompletionStage();
    }

    private static PlaceOrder order() {
        return new PlaceOrder(UUID.randomUUID(), UUID.randomUUID(), "lin", 1, null, null, NOW);
    }

    private static PayOrder payment() {
        return new PayOrder(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), NOW);
    }
}
