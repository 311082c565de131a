package io.livesale.catalog.watching;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.BoundedWaits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What another replica of this service would have of feeds: its own of everything but the database. Its bounds are
 * narrow.
 */
@Dependent
class SecondReplica {
    static final int MAX_VIEWERS = 2;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final SessionReading reading;
    private final ObjectMapper json;
    private final BoundedWaits database;
    private @Nullable SessionFeeds feeds;
    private @Nullable SessionChanges changes;
    private int port;

    SecondReplica(SessionReading reading, ObjectMapper json, BoundedWaits database) {
        this.reading = reading;
        this.json = json;
        this.database = database;
    }

    void start(Duration longestStream) throws Exception {
        feeds = new SessionFeeds(reading, json, new Narrow(longestStream), vertx, metrics);
        changes = new SessionChanges(feeds, database, vertx);
        feeds.start(new StartupEvent());
        changes.start(new StartupEvent());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        UUID session = UUID.fromString(request.path().split("/")[2]);
        var following = feeds.follow(session, request)
                .subscribe()
                .with(
                        done -> request.response().end(),
                        failure -> request.response().setStatusCode(503).end());
        if (!request.response().ended()) {
            request.response().closeHandler(gone -> following.cancel());
        }
    }

    UpdatesClient follow(String session) {
        return UpdatesClient.open(port, session);
    }

    void beginToStop() {
        feeds.end(new ShutdownDelayInitiatedEvent());
    }

    void stop() {
        changes.stop(new ShutdownEvent());
        feeds.stop(new ShutdownEvent());
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    double viewers() {
        return metrics.get("catalog.updates.viewers").gauge().value();
    }

    private record Narrow(Duration longestStream) implements UpdateSettings {
        @Override
        public int maxViewers() {
            return MAX_VIEWERS;
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration check() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(15);
        }
    }
}
