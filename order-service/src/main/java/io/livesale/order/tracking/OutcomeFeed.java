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
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every replica reads {@code orders.v1} from its end and completes what its own clients wait for, whichever replica
 * decided it. When nothing is heard in time, the database has the last word, if it answers; the order is safe in the log
 * in any case.
 */
@Singleton
class OutcomeFeed implements Outcomes {
    private static final Logger LOG = Logger.getLogger(OutcomeFeed.class);
    /** Long enough that a fresh order is heard of first, short enough for whoever repeats one. */
    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);
    /** A database slower than this is treated as away: who asked for the outcome in N seconds is not kept longer. */
    private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(1);
    /** Lookups for those turned away, at once: a crowd at a sold-out offer must not become a crowd at the database. */
    private static final int LOOKUPS = 8;

    private final Map<UUID, Set<Consumer<OrderView>>> listeners = new ConcurrentHashMap<>();
    private final Cache<UUID, Boolean> reserved;
    private final Semaphore lookups = new Semaphore(LOOKUPS);
    private final Map<String, Object> broker;
    private final OrderLookup lookup;
    private final Backlog backlog;
    private TopicFollower follower;

    OutcomeFeed(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            OrderLookup lookup,
            Backlog backlog,
            OrderSettings settings) {
        this.reserved = Caffeine.newBuilder()
                .maximumSize(settings.intake().rememberedOrders())
                .build();
        this.broker = broker;
        this.lookup = lookup;
        this.backlog = backlog;
    }

    void start(@Observes Startup startup) {
        follower = new TopicFollower(broker, OrderEvent.TOPIC, From.END, this::read);
    }

    @PreDestroy
    void stop() {
        follower.close();
    }

    @Override
    public Uni<Optional<OrderView>> await(UUID orderId, Duration atMost) {
        Uni<Optional<OrderView>> heard = Uni.createFrom().emitter(answer -> listen(orderId, answer));
        Uni<Optional<OrderView>> first = Uni.combine().any().of(heard, lookLater(orderId));
        return CallerContext.resume(first.ifNoItem().after(atMost).recoverWithItem(Optional.empty()))
                .chain(order -> order.isPresent() ? Uni.createFrom().item(order) : find(orderId));
    }

    /** The outcome of a repeated order was told before anybody listened; it is in the database. */
    private Uni<Optional<OrderView>> lookLater(UUID orderId) {
        return Uni.createFrom()
                .item(orderId)
                .onItem()
                .delayIt()
                .by(LOOK_AFTER)
                .chain(this::find)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : Uni.createFrom().nothing());
    }

    private void listen(UUID orderId, UniEmitter<? super Optional<OrderView>> answer) {
        Consumer<OrderView> listener = order -> answer.complete(Optional.of(order));
        listeners.compute(orderId, (id, others) -> with(others, listener));
        answer.onTermination(() -> listeners.computeIfPresent(orderId, (id, others) -> without(others, listener)));
    }

    private static Set<Consumer<OrderView>> with(@Nullable Set<Consumer<OrderView>> all, Consumer<OrderView> added) {
        Set<Consumer<OrderView>> some = all == null ? ConcurrentHashMap.newKeySet() : all;
        some.add(added);
        return some;
    }

    private static @Nullable Set<Consumer<OrderView>> without(Set<Consumer<OrderView>> all, Consumer<OrderView> gone) {
        all.remove(gone);
        return all.isEmpty() ? null : all;
    }

    @Override
    public Uni<Optional<OrderView>> find(UUID orderId) {
        return lookup.find(orderId)
                .ifNoItem()
                .after(LONGEST_LOOKUP)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.debugf("outcome not looked up reason=%s", failure))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<Optional<OrderView>> findTurnedAway(UUID orderId) {
        if (reserved.getIfPresent(orderId) != null) {
            return find(orderId);
        }
        if (!lookups.tryAcquire()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return find(orderId).onTermination().invoke(() -> lookups.release());
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
        UUID orderId = UUID.fromString(entry.key());
        String type = CloudEvent.typeOf(entry.headers());
        if (type.equals(OrderReserved.TYPE)) {
            reserved.put(orderId, Boolean.TRUE);
        }
        Set<Consumer<OrderView>> waiting = listeners.get(orderId);
        if (waiting != null) {
            outcome(type, entry.value()).ifPresent(order -> waiting.forEach(listener -> listener.accept(order)));
        }
    }

    private static Optional<OrderView> outcome(String type, byte[] data) {
        return switch (type) {
            case OrderReserved.TYPE -> Optional.of(OrderView.of(Json.read(data, OrderReserved.class)));
            case OrderRejected.TYPE -> Optional.of(OrderView.of(Json.read(data, OrderRejected.class)));
            default -> Optional.empty();
        };
    }
}
