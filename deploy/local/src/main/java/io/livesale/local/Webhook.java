package io.livesale.local;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;

/** Tells the shop what happened, signed as Standard Webhooks says and repeated until it is taken. */
final class Webhook {
    /** With pauses that double from here: about thirteen seconds, long enough for most restarts of a service. */
    static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final int ATTEMPTS = 7;
    /** A settlement's payouts end by the hundred; with five, the client's own default, many would wait too long. */
    private static final int CONNECTIONS = 16;

    private static final long ANSWER_TIMEOUT_MILLIS = 5000;

    private final Vertx vertx;
    private final WebClient client;
    private final String url;
    private final com.standardwebhooks.Webhook signer;
    private final Duration firstPause;
    private final Clock clock;

    /** @param secret {@code whsec_} and base64 */
    Webhook(Vertx vertx, String url, String secret, Duration firstPause, Clock clock) {
        this.vertx = vertx;
        this.client = WebClient.wrap(vertx.httpClientBuilder()
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                .withConnectHandler(Gateway::expectFaults)
                .build());
        this.url = url;
        this.signer = signer(secret);
        this.firstPause = firstPause;
        this.clock = clock;
    }

    /** Succeeds when the shop has answered 2xx. */
    Future<Void> deliver(WebhookNotice notice) {
        return attempt(notice.id(), notice.body().encode(), 1);
    }

    private Future<Void> attempt(String id, String body, int number) {
        return send(id, body).transform(result -> {
            if (result.succeeded() && result.result().statusCode() / 100 == 2) {
                return Future.succeededFuture();
            }
            if (number == ATTEMPTS) {
                return Future.failedFuture(
                        result.succeeded()
                                ? "The shop answered " + result.result().statusCode() + "."
                                : "The shop did not answer.");
            }
            return pause(firstPause.toMillis() << (number - 1)).compose(paused -> attempt(id, body, number + 1));
        });
    }

    private Future<HttpResponse<Buffer>> send(String id, String body) {
        long timestamp = clock.instant().getEpochSecond();
        return client.postAbs(url)
                .timeout(ANSWER_TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(timestamp))
                .putHeader("webhook-signature", sign(id, timestamp, body))
                .sendBuffer(Buffer.buffer(body));
    }

    private Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(millis, timer -> over.complete());
        return over.future();
    }

    private String sign(String id, long timestamp, String body) {
        try {
            return signer.sign(id, timestamp, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    private static com.standardwebhooks.Webhook signer(String secret) {
        try {
            return new com.standardwebhooks.Webhook(secret);
        } catch (EmptyWebhookSecretException | IllegalArgumentException e) {
            throw new CannotStart("a webhook secret must be whsec_ and base64: " + e.getMessage());
        }
    }
}
