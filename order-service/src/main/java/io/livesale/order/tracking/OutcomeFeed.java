package io.livesale.order.tracking;

import io.livesale.order.CallerContext;
import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
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
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Every replica reads {@code orders.v1} from its end and completes what its own clients wait for, whichever replica
 * decided it. When nothing is heard in time, the database has the last word.
 */
@Singleton
class OutcomeFeed implements Outcomes {
    private final Map<UUID, Set<Consumer<OrderView>>> listeners = new ConcurrentHashMap<>();
    private final Map<String, Object> broker;
    private final OrderLookup lookup;
    private final Backlog backlog;
    private TopicFollower follower;

    OutcomeFeed(@Identifier("default-kafka-broker") Map<String, Object> broker, OrderLookup lookup, Backlog backlog) {
        this.broker = broker;
        this.lookup = lookup;
        this.backlog = backlog;
    }

    void start(@Observes Startup startup) {
        follower = new TopicFollower(broker, "orders.v1", From.END, this::read);
    }

    @PreDestroy
    void stop() {
        follower.close();
    }

    @Override
    public Uni<Optional<OrderView>> await(UUID orderId, Duration atMost) {
        Uni<Optional<OrderView>> heard = Uni.createFrom().emitter(answer -> listen(orderId, answer));
        return CallerContext.resume(heard.ifNoItem().after(atMost).recoverWithItem(Optional.empty()))
                .chain(order -> order.isPresent() ? Uni.createFrom().item(order) : find(orderId));
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
        return lookup.find(orderId);
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
        if (listeners.isEmpty()) {
            return;
        }
        Set<Consumer<OrderView>> waiting = listeners.get(UUID.fromString(entry.key()));
        if (waiting != null) {
            outcome(entry).ifPresent(order -> waiting.forEach(listener -> listener.accept(order)));
        }
    }

    private static Optional<OrderView> outcome(ConsumerRecord<String, byte[]> entry) {
        return switch (CloudEvent.typeOf(entry.headers())) {
            case OrderReserved.TYPE -> Optional.of(OrderView.of(Json.read(entry.value(), OrderReserved.class)));
            case OrderRejected.TYPE -> Optional.of(OrderView.of(Json.read(entry.value(), OrderRejected.class)));
            default -> Optional.empty();
        };
    }
}
