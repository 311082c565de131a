package io.livesale.local;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Predicate;

/** Asks after an accepted order until it is where it should get to. Lives on one event loop. */
final class Follower {
    /** Nothing came through for this long: what is open then will not come. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long SOONEST_MILLIS = 50;
    private static final long LATEST_MILLIS = 1000;
    /** Orders decided in a millisecond, roughly: an order far back in line is asked after later. */
    private static final long PACE = 10;

    private final SpikeApi api;
    private long lastArrival = System.nanoTime();

    Follower(SpikeApi api) {
        this.api = api;
    }

    /** From here on patience counts. */
    void begin() {
        lastArrival = System.nanoTime();
    }

    /** Completes when the order has arrived, or nothing has for too long. */
    Future<Void> follow(Press press, Predicate<Outcome> arrived) {
        return api.send(api.request(HttpMethod.GET, press.location(), press.viewer.token()), null)
                .map(answer -> answer.status() == 200 ? answer.json() : new JsonObject())
                .otherwise(noAnswer -> new JsonObject())
                .compose(order -> {
                    Outcome.of(order).ifPresent(press::saw);
                    if (press.outcome().filter(arrived).isPresent()) {
                        lastArrival = System.nanoTime();
                        return Future.succeededFuture();
                    }
                    return System.nanoTime() - lastArrival > PATIENCE.toNanos()
                            ? Future.succeededFuture()
                            : api.pause(pause(order)).compose(again -> follow(press, arrived));
                });
    }

    private static long pause(JsonObject order) {
        if (order.isEmpty()) {
            return LATEST_MILLIS;
        }
        long ahead = order.getJsonObject("queue", new JsonObject()).getLong("ahead", 0L);
        return Math.min(LATEST_MILLIS, SOONEST_MILLIS + ahead / PACE);
    }
}
