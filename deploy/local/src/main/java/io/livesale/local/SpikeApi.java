package io.livesale.local;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import org.jspecify.annotations.Nullable;

/** Calls the gateway many at a time, and repeats what got no clear answer. */
final class SpikeApi {
    /** Pauses double from 100 ms: about twenty-five seconds altogether, longer than a service's restart. */
    private static final int ATTEMPTS = 9;

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long TIMEOUT_MILLIS = 15_000;

    private final Vertx vertx;
    private final WebClient client;
    private final String origin;
    private long repeats;

    SpikeApi(Vertx vertx, String origin, int connections) {
        this.vertx = vertx;
        this.client = WebClient.wrap(
                vertx.httpClientBuilder()
                        .with(new PoolOptions().setHttp1MaxSize(connections))
                        .withConnectHandler(Gateway::expectFaults)
                        .build(),
                new WebClientOptions().setUserAgent("live-sale-spike"));
        this.origin = origin;
    }

    /**
     * What a call was answered.
     *
     * @param repeated whether an attempt before got no clear answer
     */
    record Answer(HttpResponse<Buffer> response, boolean repeated) {
        int status() {
            return response.statusCode();
        }

        boolean isClear() {
            return status() < 500;
        }

        /** The JSON object; an empty one when it is something else. */
        JsonObject json() {
            try {
                JsonObject object = response.bodyAsJsonObject();
                return object == null ? new JsonObject() : object;
            } catch (DecodeException | ClassCastException e) {
                return new JsonObject();
            }
        }
    }

    /** How often a call was repeated because the answer before was none, or 5xx. */
    long repeats() {
        return repeats;
    }

    HttpRequest<Buffer> request(HttpMethod method, String pathOrUrl, @Nullable String token) {
        String url = pathOrUrl.startsWith("/") ? origin + pathOrUrl : pathOrUrl;
        HttpRequest<Buffer> request =
                client.requestAbs(method, url).timeout(TIMEOUT_MILLIS).followRedirects(false);
        request.putHeader("Accept", "application/json").putHeader("Content-Type", "application/json");
        return token == null ? request : request.putHeader("Authorization", "Bearer " + token);
    }

    /** The first clear answer, or the last unclear one; fails when there never was any. */
    Future<Answer> send(HttpRequest<Buffer> request, @Nullable Buffer body) {
        return attempt(request, body, 1);
    }

    private Future<Answer> attempt(HttpRequest<Buffer> request, @Nullable Buffer body, int number) {
        Future<Answer> answer = (body == null ? request.send() : request.sendBuffer(body))
                .map(response -> new Answer(response, number > 1));
        return answer.transform(result -> {
            if (number == ATTEMPTS || result.succeeded() && result.result().isClear()) {
                return answer;
            }
            repeats++;
            return pause(FIRST_PAUSE_MILLIS << (number - 1)).compose(over -> attempt(request, body, number + 1));
        });
    }

    Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(millis, timer -> over.complete());
        return over.future();
    }
}
