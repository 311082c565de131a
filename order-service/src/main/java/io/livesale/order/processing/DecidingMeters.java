package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.OrderEvent;
import io.livesale.order.OrderEvent.OrderCancelled;
import io.livesale.order.OrderEvent.OrderCompleted;
import io.livesale.order.OrderEvent.OrderDelivered;
import io.livesale.order.OrderEvent.OrderExpired;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.OrderShipped;
import io.livesale.order.OrderEvent.PaymentReturned;
import io.livesale.order.OrderEvent.RefundRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what is decided once it is written; what a replay only sends again is not counted again. */
@Singleton
class DecidingMeters {
    private static final Set<String> OUTCOMES = Set.of(OrderReserved.TYPE, OrderRejected.TYPE);
    /** From what nobody notices to what makes everybody press again. */
    private static final Duration[] BUCKETS = Stream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<String, Counter> decided;
    private final Timer latency;
    private final Clock clock;

    DecidingMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        decided = Stream.of(
                        OrderReserved.TYPE,
                        OrderRejected.TYPE,
                        OrderPaid.TYPE,
                        OrderCancelled.TYPE,
                        OrderExpired.TYPE,
                        PaymentReturned.TYPE,
                        OrderShipped.TYPE,
                        OrderDelivered.TYPE,
                        OrderCompleted.TYPE,
                        OrderRefunded.TYPE,
                        RefundRefused.TYPE)
                .collect(Collectors.toMap(
                        type -> type,
                        type -> Counter.builder("order.decided")
                                .description("Decisions written, by what became of an order")
                                .tag("outcome", type.substring("order.".length()))
                                .register(registry)));
        latency = Timer.builder("order.decide.latency")
                .description("From an order's acceptance, by the clock of whoever took it, to its written outcome")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void decided(DecidedBatch batch) {
        long now = clock.millis();
        for (StoredEvent stored : batch.events()) {
            CloudEvent event = stored.event();
            if (event.topic().equals(OrderEvent.TOPIC)) {
                decided.get(event.type()).increment();
                if (OUTCOMES.contains(event.type())) {
                    latency.record(Math.max(0, now - event.time().toEpochMilli()), TimeUnit.MILLISECONDS);
                }
            }
        }
    }
}
