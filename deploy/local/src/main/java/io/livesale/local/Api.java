package io.livesale.local;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls the public API one request at a time, as any client would. */
final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration ON_SALE_WITHIN = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String origin;

    /** @param origin {@code http://localhost:8080} */
    Api(String origin) {
        this.origin = origin;
    }

    String token(String subject, String role) {
        JsonObject request = new JsonObject().put("subject", subject).put("roles", new JsonArray().add(role));
        return call("POST", "/dev/tokens", null, request).getString("token");
    }

    JsonObject get(String path) {
        return call("GET", path, null, null);
    }

    /** An opened offer is on sale once order-service has heard of it. */
    void awaitOnSale(String offer) {
        try {
            await().atMost(ON_SALE_WITHIN)
                    .ignoreException(Refused.class)
                    .until(() -> get("/availability/" + offer), answer -> true);
        } catch (ConditionTimeoutException e) {
            throw new CannotStart("offer " + offer + " is not on sale after " + ON_SALE_WITHIN.toSeconds() + " s");
        }
    }

    /** @throws Refused for any answer that is no 2xx */
    JsonObject call(String method, String path, @Nullable String token, @Nullable JsonObject body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(method + " " + path, response.statusCode(), response.body());
        }
        return response.body().isBlank() ? new JsonObject() : new JsonObject(response.body());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CannotStart("no answer from " + request.uri() + ": is the system up? (deploy/local/up)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted");
        }
    }

    /** The system said no. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(String call, int status, String body) {
            super(call + " was answered with " + status + ": " + body.strip());
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
