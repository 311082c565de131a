package io.livesale.order.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The sandbox provider of local runs: {@code POST <provider-url>/payments}, answered with {@code redirectUrl}. */
@Singleton
class SandboxProvider implements PaymentProvider {
    /** Enough to open hundreds of payments a second at a provider that takes 100 ms for each. */
    private static final int CONNECTIONS = 32;
    /** What would wait longer than the provider's time-out anyway is refused at once. */
    private static final int LONGEST_QUEUE = 1000;

    private static final Logger LOG = Logger.getLogger(SandboxProvider.class);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentRequest(
            UUID paymentId,
            UUID orderId,
            Money amount,
            @Nullable URI returnUrl) {}

    record PaymentAnswer(URI redirectUrl) {
        PaymentAnswer {
            Objects.requireNonNull(redirectUrl);
        }
    }

    private final HttpClient http;
    private final OrderSettings.Payment settings;

    SandboxProvider(Vertx vertx, OrderSettings settings) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(LONGEST_QUEUE));
        this.settings = settings.payment();
    }

    @Override
    public Uni<URI> open(UUID paymentId, UUID orderId, Money amount, @Nullable URI returnUrl) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.providerUrl() + "/payments")
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", paymentId.toString())
                .setTimeout(settings.providerTimeout().toMillis());
        Buffer body = Buffer.buffer(Json.write(new PaymentRequest(paymentId, orderId, amount, returnUrl)));
        return http.request(request)
                .chain(opened -> opened.send(body))
                .chain(SandboxProvider::body)
                .map(answer -> Json.read(answer.getBytes(), PaymentAnswer.class).redirectUrl())
                .onFailure()
                .transform(fault -> {
                    LOG.warnf("payment not opened orderId=%s reason=%s", orderId, fault.toString());
                    return Problem.PAYMENT_PROVIDER_UNAVAILABLE.because("The provider did not open the payment.");
                });
    }

    private static Uni<Buffer> body(HttpClientResponse response) {
        int status = response.statusCode();
        return status == 200 || status == 201
                ? response.body()
                : Uni.createFrom().failure(new IllegalStateException("the provider answered " + status));
    }
}
