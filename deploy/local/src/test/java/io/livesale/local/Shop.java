package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands in for order-service where it takes webhooks. */
final class Shop implements Handler<HttpServerRequest> {
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private volatile int failures;

    record Delivery(Map<String, List<String>> headers, String body) {
        String id() {
            return headers.get("webhook-id").get(0);
        }

        /** Its body; fails when the signature is not right. */
        JsonObject verified() {
            assertDoesNotThrow(() -> new com.standardwebhooks.Webhook(LocalGateway.SECRET).verify(body, headers));
            return new JsonObject(body);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            deliveries.add(new Delivery(
                    Map.of(
                            "webhook-id", List.of(request.getHeader("webhook-id")),
                            "webhook-timestamp", List.of(request.getHeader("webhook-timestamp")),
                            "webhook-signature", List.of(request.getHeader("webhook-signature"))),
                    body.toString()));
            request.response()
                    .setStatusCode(deliveries.size() <= failures ? 503 : 202)
                    .end();
        });
    }

    /** From here on. */
    void forget() {
        deliveries.clear();
        failures = 0;
    }

    /** How many of the next deliveries are not taken. */
    void failFirst(int failures) {
        this.failures = failures;
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }
}
