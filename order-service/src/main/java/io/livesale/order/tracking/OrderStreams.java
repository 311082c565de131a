package io.livesale.order.tracking;

import io.livesale.order.OrderSettings;
import io.livesale.order.OrderView;
import io.livesale.order.Problem;
import io.livesale.order.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** The streams of updates that are open on this replica; so many and no more, of each user and in all. */
@Singleton
class OrderStreams {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Waiting<OrderStream> open = new Waiting<>();
    private final Map<String, Deque<OrderStream>> byUser = new ConcurrentHashMap<>();
    private final SharedLookup lookup;
    private final Backlog backlog;
    private final OrderSettings.Tracking settings;
    private final Semaphore places;
    private final Vertx vertx;
    private long ticking;
    private volatile boolean ending;

    OrderStreams(SharedLookup lookup, Backlog backlog, OrderSettings settings, Vertx vertx, MeterRegistry registry) {
        this.lookup = lookup;
        this.backlog = backlog;
        this.settings = settings.tracking();
        this.places = new Semaphore(settings.tracking().maxStreams());
        this.vertx = vertx;
        Gauge.builder("order.updates.streams", () -> this.settings.maxStreams() - places.availablePermits())
                .description("Streams of updates open on this replica")
                .register(registry);
    }

    void start(@Observes Startup startup) {
        ticking = vertx.setPeriodic(TICK.toMillis(), timer -> open.forEach((orderId, stream) -> stream.tick()));
    }

    /** Whoever follows an order comes back, to whichever replica there is by then. */
    void end(@Observes ShutdownDelayInitiatedEvent shutdown) {
        ending = true;
        open.forEach((orderId, stream) -> stream.finish());
    }

    void stop(@Observes ShutdownEvent shutdown) {
        vertx.cancelTimer(ticking);
    }

    /**
     * Writes the order's state to the client again and again, and completes when that is over.
     *
     * @param userId who follows; of too many streams of one user the oldest ends
     * @param order looked for only if there is room for another stream; when it fails nothing is written
     */
    Uni<Void> follow(String userId, Uni<Sighting> order, HttpServerRequest client) {
        Context caller = vertx.getOrCreateContext();
        Executor eventLoop = task -> caller.runOnContext(nothing -> task.run());
        return Uni.createFrom().deferred(() -> {
            if (!places.tryAcquire()) {
                throw Problem.UNAVAILABLE.because("Too many follow their orders here; ask for the order instead.");
            }
            return order.emitOn(eventLoop)
                    .chain(first -> isOver(first.order(), client)
                            ? Uni.createFrom().voidItem()
                            : Uni.createFrom().<Void>emitter(end -> open(userId, first, client, eventLoop, end)))
                    .onTermination()
                    .invoke(() -> places.release());
        });
    }

    /** Who comes back to a final order that they have seen is sent away for good, which takes a 204. */
    private static boolean isOver(OrderView order, HttpServerRequest client) {
        return order.status().isFinal() && EventStream.lastEventId(client) >= OrderStream.age(order);
    }

    private void open(
            String userId, Sighting first, HttpServerRequest client, Executor eventLoop, UniEmitter<? super Void> end) {
        UUID orderId = first.order().orderId();
        OrderStream stream = new OrderStream(
                first, new EventStream(client), lookup, backlog, settings, eventLoop, () -> end.complete(null));
        open.add(orderId, stream);
        add(userId, stream);
        end.onTermination(() -> {
            open.remove(orderId, stream);
            remove(userId, stream);
        });
        stream.begin();
        if (ending) {
            stream.finish();
        }
    }

    /** Of too many the newest is the one that is looked at; of the oldest the client may be gone without a word. */
    private void add(String userId, OrderStream stream) {
        byUser.compute(userId, (id, others) -> {
            Deque<OrderStream> all = others == null ? new ArrayDeque<>() : others;
            all.addLast(stream);
            if (all.size() > settings.maxStreamsPerUser()) {
                all.removeFirst().dismiss();
            }
            return all;
        });
    }

    private void remove(String userId, OrderStream stream) {
        byUser.computeIfPresent(userId, (id, all) -> {
            all.remove(stream);
            return all.isEmpty() ? null : all;
        });
    }

    /** Something happened to the order. */
    void told(UUID orderId) {
        open.tell(orderId, OrderStream::told);
    }

    boolean isEmpty() {
        return open.isEmpty() && byUser.isEmpty();
    }
}
