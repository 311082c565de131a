package io.livesale.order.log;

import io.livesale.order.CallerContext;
import io.livesale.order.CommandCodec;
import io.livesale.order.CommandLog;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands to {@code order-commands.v1}, on the event loop itself: {@link KafkaClients#WITHOUT_WAITING} sees to
 * it that sending never blocks. What is on its way is bounded, and the rest is refused at once. Orders and what changes
 * orders have a bound each: a rush of buyers must not keep out the payments of those who were served.
 */
@Singleton
class KafkaCommandLog implements CommandLog {
    private static final Logger LOG = Logger.getLogger(KafkaCommandLog.class);
    /** In an outage each of thousands of presses a second fails. */
    private static final Duration WARN_EVERY = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final Semaphore ordersInFlight;
    private final Semaphore changesInFlight;
    private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - WARN_EVERY.toNanos());

    KafkaCommandLog(
            @Identifier(KafkaClients.WITHOUT_WAITING) Producer<String, byte[]> producer,
            OrderSettings settings,
            MeterRegistry registry) {
        this.producer = producer;
        int bound = settings.intake().maxInFlight();
        this.ordersInFlight = new Semaphore(bound);
        this.changesInFlight = new Semaphore(bound);
        Gauge.builder("order.log.in.flight", ordersInFlight, places -> bound - places.availablePermits())
                .description("Orders on their way to the log")
                .register(registry);
    }

    /** Asks where the log lies, so that the first order finds the answer there. */
    void lookUp(@Observes Startup startup) {
        try {
            producer.partitionsFor(CommandCodec.TOPIC);
        } catch (TimeoutException e) {
            LOG.debug("the answer is still to come", e);
        }
    }

    @Override
    public Uni<LogPosition> append(OrderCommand command, Runnable underWay) {
        return CallerContext.resume(Uni.createFrom().emitter(answer -> send(command, underWay, answer)));
    }

    private void send(OrderCommand command, Runnable underWay, UniEmitter<? super LogPosition> answer) {
        Semaphore inFlight = command instanceof PlaceOrder ? ordersInFlight : changesInFlight;
        if (!inFlight.tryAcquire()) {
            answer.fail(Problem.INTAKE_UNAVAILABLE.because("Too many requests are on their way; repeat shortly."));
            return;
        }
        Append append = new Append(inFlight, answer);
        try {
            producer.send(CommandCodec.encode(command).toRecord(), append);
        } catch (RuntimeException e) {
            append.onCompletion(null, e);
            return;
        }
        underWay.run();
    }

    /** One on its way. A producer that fails for good may tell it twice; the first time counts. */
    private final class Append implements Callback {
        private final Semaphore place;
        private final UniEmitter<? super LogPosition> answer;
        private final AtomicBoolean told = new AtomicBoolean();

        private Append(Semaphore place, UniEmitter<? super LogPosition> answer) {
            this.place = place;
            this.answer = answer;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (!told.compareAndSet(false, true)) {
                return;
            }
            place.release();
            if (metadata == null || failure != null) {
                warnNowAndThen(failure);
                answer.fail(Problem.INTAKE_UNAVAILABLE.because("The order log did not confirm; repeat the request."));
            } else {
                answer.complete(new LogPosition(metadata.partition(), metadata.offset()));
            }
        }
    }

    private void warnNowAndThen(@Nullable Exception failure) {
        long last = warnedAt.get();
        long now = System.nanoTime();
        if (now - last >= WARN_EVERY.toNanos() && warnedAt.compareAndSet(last, now)) {
            LOG.warnf("appends are not confirmed reason=%s", failure);
        }
    }
}
