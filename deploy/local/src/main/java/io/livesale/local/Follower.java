package io.livesale.local;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks after accepted orders until each is where it should get to. Lives on one event loop. */
final class Follower {
    /** Questions under way at a time: on a full machine each takes long, and with too few the outcomes are seen late. */
    static final int LANES = 64;
    /** Nothing came through for this long: what is open then will not come. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long SOONEST_MILLIS = 20;
    private static final long LATEST_MILLIS = 1000;
    /** Orders decided in a millisecond, roughly: an order far back in line is asked after later. */
    private static final long PACE = 10;

    private static final Set<String> OUTCOMES = Set.of("order.reserved", "order.rejected");

    private final SpikeApi api;
    /** In the order of their times, nearly: a late one only delays its followers by what it was put off. */
    private final Deque<Due> open = new ArrayDeque<>();

    private long lastArrival;
    private volatile long arrivals;

    Follower(SpikeApi api) {
        this.api = api;
    }

    private record Due(Press press, long at) {}

    /** How many have arrived in this run. */
    long arrivals() {
        return arrivals;
    }

    void add(Press press) {
        open.add(new Due(press, System.nanoTime()));
        lastArrival = System.nanoTime();
    }

    /**
     * Completes when all have arrived, or nothing has for too long.
     *
     * @param arrived whether an order need not be followed any more
     * @param moreToCome whether orders may still be added
     */
    Future<Void> run(Predicate<Press> arrived, BooleanSupplier moreToCome) {
        arrivals = 0;
        lastArrival = System.nanoTime();
        return Lanes.run(LANES, () -> next(arrived, moreToCome));
    }

    private @Nullable Future<?> next(Predicate<Press> arrived, BooleanSupplier moreToCome) {
        Due due = open.poll();
        if (due == null) {
            return moreToCome.getAsBoolean() ? api.pause(SOONEST_MILLIS) : null;
        }
        if (System.nanoTime() - lastArrival > PATIENCE.toNanos() && !moreToCome.getAsBoolean()) {
            return null;
        }
        long early = (due.at() - System.nanoTime()) / 1_000_000;
        if (early > 0) {
            open.addFirst(due);
            return api.pause(Math.min(early, SOONEST_MILLIS));
        }
        Press press = due.press();
        return api.send(api.request(HttpMethod.GET, press.location(), press.viewer.token()), null)
                .onSuccess(answer -> note(press, answer, arrived))
                .recover(noAnswer -> {
                    askLater(press, LATEST_MILLIS);
                    return Future.succeededFuture();
                });
    }

    private void note(Press press, HttpResponse<Buffer> answer, Predicate<Press> arrived) {
        JsonObject order = SpikeApi.json(answer);
        String status = order.getString("status", "RECEIVED");
        if (answer.statusCode() == 200 && !"RECEIVED".equals(status)) {
            press.decided(status, order.getString("reason"), outcomes(order));
        }
        if (press.isDecided() && arrived.test(press)) {
            lastArrival = System.nanoTime();
            arrivals++;
        } else {
            long ahead = order.getJsonObject("queue", new JsonObject()).getLong("ahead", 0L);
            askLater(press, Math.min(LATEST_MILLIS, SOONEST_MILLIS + ahead / PACE));
        }
    }

    private void askLater(Press press, long millis) {
        open.add(new Due(press, System.nanoTime() + millis * 1_000_000));
    }

    private static int outcomes(JsonObject order) {
        return (int) order.getJsonArray("timeline", new JsonArray()).stream()
                .filter(entry -> entry instanceof JsonObject event && OUTCOMES.contains(event.getString("type")))
                .count();
    }
}
