package io.livesale.catalog.watching;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** The sessions that are watched on this replica, each for as long as somebody watches it. */
@Singleton
class SessionFeeds {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Map<UUID, SessionFeed> feeds = new ConcurrentHashMap<>();
    private final SessionReading reading;
    private final ObjectMapper json;
    private final UpdateSettings settings;
    private final Vertx vertx;
    private final Semaphore places;
    private final Counter dropped;
    private long ticking;
    private volatile boolean ending;

    SessionFeeds(
            SessionReading reading, ObjectMapper json, UpdateSettings settings, Vertx vertx, MeterRegistry metrics) {
        this.reading = reading;
        this.json = json;
        this.settings = settings;
        this.vertx = vertx;
        this.places = new Semaphore(settings.maxViewers());
        this.dropped = Counter.builder("catalog.updates.dropped")
                .description("Viewers cut off because they did not read")
                .register(metrics);
        Gauge.builder("catalog.updates.viewers", () -> settings.maxViewers() - places.availablePermits())
                .description("Viewers who follow a session on this replica")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        ticking = vertx.setPeriodic(
                TICK.toMillis(),
                timer -> feeds.values()
                        .forEach(feed -> feed.viewers().forEach(viewer -> viewer.tick(dropped::increment))));
    }

    /** Viewers come back, to whichever replica there is by then. */
    void end(@Observes ShutdownDelayInitiatedEvent event) {
        ending = true;
        feeds.values().forEach(feed -> feed.viewers().forEach(Viewer::leave));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(ticking);
    }

    /**
     * Shows the client the session and its changes, and completes when that is over. Fails when there is no such session
     * or no room for another viewer; then nothing is written.
     */
    Uni<Void> follow(UUID sessionId, HttpServerRequest client) {
        if (EventStream.lastEventId(client).equals(SessionState.LAST)) {
            // Nobody else has that id. All viewers come back with it at once, so nothing is looked up for them.
            return Uni.createFrom().voidItem();
        }
        Context caller = vertx.getOrCreateContext();
        Executor eventLoop = task -> caller.runOnContext(nothing -> task.run());
        return Uni.createFrom().deferred(() -> {
            if (!places.tryAcquire()) {
                throw Problem.UNAVAILABLE.because("Too many follow sessions here; ask for the session instead.");
            }
            return Uni.createFrom()
                    .<Void>emitter(end -> follow(
                            sessionId,
                            new Viewer(new EventStream(client), settings, eventLoop, end),
                            client.method() == HttpMethod.HEAD,
                            end))
                    .onTermination()
                    .invoke(() -> places.release());
        });
    }

    /** @param isHead asks for no body: a stream that stays open would keep what comes after it waiting */
    private void follow(UUID sessionId, Viewer viewer, boolean isHead, UniEmitter<? super Void> end) {
        feeds.compute(sessionId, (id, present) -> {
            SessionFeed feed = present == null ? new SessionFeed(id, reading, json, settings, vertx) : present;
            feed.join(viewer);
            return feed;
        });
        end.onTermination(
                () -> feeds.computeIfPresent(sessionId, (id, feed) -> feed.isOverWithout(viewer) ? null : feed));
        if (ending || isHead) {
            viewer.leave();
        }
    }

    /** Something may have changed in this session, which may well be watched by nobody here. */
    void changed(UUID sessionId) {
        SessionFeed feed = feeds.get(sessionId);
        if (feed != null) {
            feed.look();
        }
    }

    /** Looks at what is watched, one session after the other: whatever was not told is found out now at the latest. */
    @Scheduled(every = "{catalog.updates.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> check() {
        return Multi.createFrom()
                .items(() -> feeds.values().stream())
                .onItem()
                .transformToUniAndConcatenate(SessionFeed::lookNow)
                .onItem()
                .ignoreAsUni();
    }

    boolean isEmpty() {
        return feeds.isEmpty();
    }
}
