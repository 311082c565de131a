package io.livesale.local;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A toy order-service with one offer, which decides on the spot, and has the faults a test gives it. */
final class ToyOrders implements Handler<HttpServerRequest> {
    static final int UNITS = 10;

    private final Map<String, Instant> payBy = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> expired = new HashSet<>();
    private boolean overdue;
    private int answersToLose;
    private int tooMany;

    synchronized void startAfresh() {
        payBy.clear();
        lost.clear();
        expired.clear();
        overdue = false;
        answersToLose = 0;
        tooMany = 0;
    }

    /** Holds units for no time at all, and notices it once the buyer has seen the reservation. */
    synchronized void letReservationsRunOut() {
        overdue = true;
    }

    /** Breaks off so many acceptances, and turns their first repeat away as if it knew nothing of them. */
    synchronized void loseAnswers(int number) {
        answersToLose = number;
    }

    /** Answers 429 to so many presses. */
    synchronized void haveEnoughOf(int number) {
        tooMany = number;
    }

    @Override
    public synchronized void handle(HttpServerRequest request) {
        if (request.path().startsWith("/availability")) {
            int reserved = payBy.size() - expired.size();
            answer(request, 200, JsonObject.of("remaining", UNITS - reserved, "reserved", reserved, "queueDepth", 0));
        } else if (request.method() == HttpMethod.GET) {
            String order = request.path().substring("/orders/".length());
            if (payBy.containsKey(order)) {
                answer(request, 200, order(order));
            } else {
                answer(request, 404, JsonObject.of("code", "ORDER_NOT_FOUND"));
            }
        } else {
            place(request);
        }
    }

    private void place(HttpServerRequest request) {
        String buyersKey = request.getHeader("Authorization") + request.getHeader("Idempotency-Key");
        String order = UUID.nameUUIDFromBytes(buyersKey.getBytes(StandardCharsets.UTF_8))
                .toString();
        if (tooMany > 0) {
            tooMany--;
            answer(request, 429, JsonObject.of("code", "TOO_MANY_ORDERS"));
        } else if (lost.remove(order)) {
            answer(request, 409, JsonObject.of("code", "SOLD_OUT"));
        } else if (payBy.containsKey(order)) {
            answer(request, 200, order(order));
        } else if (payBy.size() == UNITS) {
            answer(request, 409, JsonObject.of("code", "SOLD_OUT"));
        } else {
            payBy.put(order, overdue ? Instant.now() : Instant.now().plus(Duration.ofMinutes(15)));
            accept(request, order);
        }
    }

    private void accept(HttpServerRequest request, String order) {
        if (answersToLose > 0) {
            answersToLose--;
            lost.add(order);
            request.connection().close();
        } else if (request.getHeader("Prefer") != null) {
            answer(request, 200, order(order));
        } else {
            answer(request, 202, JsonObject.of("orderId", order, "status", "RECEIVED"));
        }
    }

    private JsonObject order(String order) {
        String status = expired.contains(order) ? "EXPIRED" : "RESERVED";
        if (overdue) {
            expired.add(order);
        }
        return JsonObject.of(
                "orderId",
                order,
                "status",
                status,
                "payBy",
                payBy.get(order),
                "timeline",
                JsonArray.of(JsonObject.of("type", "order.reserved")));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
