package io.livesale.order.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livesale.order.CallerContext;
import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderEvent;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Outcomes;
import io.livesale.order.TopicFollower;
import io.livesale.order.TopicFollower.From;
import io.livesale.order.UnreadableRecordException;
import io.livesale.order.Waiting;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Every replica reads {@code orders.v1} from its end and completes what its own clients wait for, whichever replica
 * decided it. When nothing is heard of what is decided, the database has the last word, if it answers; the order is safe
 * in the log in any case.
 */
@Singleton
class OutcomeFeed implements Outcomes {
    private static final Logger LOG = Logger.getLogger(OutcomeFeed.class);
    /** One look at all who wait instead of a timer for each; their time may run over by as much. */
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Waiting<Waiter> waiters = new Waiting<>();
    private final Cache<UUID, Boolean> reserved;
    private final Map<String, Object> broker;
    private final SharedLookup lookup;
    private final Backlog backlog;
    private final OrderStreams streams;
    private final Vertx vertx;
    private TopicFollower follower;
    private long sweeping;
    private volatile boolean ending;

    OutcomeFeed(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            SharedLookup lookup,
            Backlog backlog,
            OrderStreams streams,
            Vertx vertx,
            OrderSettings settings) {
        this.reserved = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(settings.intake().rememberedOrders())
                .build();
        this.broker = broker;
        this.lookup = lookup;
        this.backlog = backlog;
        this.streams = streams;
        this.vertx = vertx;
    }

    void start(@Observes Startup startup) {
        follower = new TopicFollower(broker, OrderEvent.TOPIC, From.END, this::read);
        sweeping = vertx.setPeriodic(SWEEP.toMillis(), timer -> sweep());
    }

    /** The orders are safe in the log: so those who wait are told, and nobody begins to wait. */
    void end(@Observes ShutdownDelayInitiatedEvent shutdown) {
        ending = true;
        waiters.forEach((orderId, waiter) -> waiter.giveUp());
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(sweeping);
        follower.close();
    }

    @Override
    public Uni<Optional<OrderView>> await(UUID orderId, Duration atMost) {
        return CallerContext.resume(Uni.createFrom().emitter(answer -> listen(orderId, atMost, answer)));
    }

    private void listen(UUID orderId, Duration atMost, UniEmitter<? super Optional<OrderView>> answer) {
        Waiter waiter = new Waiter(answer, atMost);
        waiters.add(orderId, waiter);
        answer.onTermination(() -> waiters.remove(orderId, waiter));
        if (ending) {
            waiter.giveUp();
        }
    }

    @Override
    public void recorded(UUID orderId, LogPosition position) {
        waiters.tell(orderId, waiter -> waiter.recorded(position));
    }

    private void sweep() {
        waiters.forEach((orderId, waiter) -> {
            if (waiter.isTimeOver()) {
                waiter.giveUp();
            } else if (waiter.isOverdue(backlog)) {
                lookup.find(orderId).subscribe().with(found -> found.ifPresent(waiter::tell), OutcomeFeed::logFailure);
            }
        });
    }

    boolean isAwaited() {
        return !waiters.isEmpty();
    }

    @Override
    public Uni<Optional<OrderView>> find(UUID orderId) {
        return lookup.find(orderId)
                .onFailure()
                .invoke(OutcomeFeed::logFailure)
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private static void logFailure(Throwable failure) {
        LOG.debugf("outcome not looked up reason=%s", failure);
    }

    @Override
    public Uni<Optional<OrderView>> findTurnedAway(UUID orderId) {
        boolean heardOf = reserved.getIfPresent(orderId) != null;
        return heardOf || !lookup.isCrowded() ? find(orderId) : Uni.createFrom().item(Optional.empty());
    }

    @Override
    public long ahead(LogPosition position) {
        return backlog.ahead(position);
    }

    @Override
    public long queueDepth(UUID offerId) {
        return backlog.depth(offerId);
    }

    private void read(ConsumerRecord<String, byte[]> entry) {
        UUID orderId = orderId(entry);
        if (CloudEvent.typeOf(entry.headers()).equals(OrderReserved.TYPE)) {
            reserved.put(orderId, Boolean.TRUE);
        }
        waiters.tell(orderId, waiter -> outcome(entry).ifPresent(waiter::tell));
        streams.told(orderId);
    }

    /** Throws {@link UnreadableRecordException}, as {@link #outcome} does, for what is no event of an order. */
    static UUID orderId(ConsumerRecord<String, byte[]> entry) {
        try {
            return UUID.fromString(String.valueOf(entry.key()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("the key is no order");
        }
    }

    static Optional<OrderView> outcome(ConsumerRecord<String, byte[]> entry) {
        byte[] data = entry.value();
        return switch (CloudEvent.typeOf(entry.headers())) {
            case OrderReserved.TYPE -> Optional.of(OrderView.of(Json.read(data, OrderReserved.class)));
            case OrderRejected.TYPE -> Optional.of(OrderView.of(Json.read(data, OrderRejected.class)));
            default -> Optional.empty();
        };
    }
}
