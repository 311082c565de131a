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
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox provider of local runs: {@code POST <provider-url>/payments}, answered with {@code redirectUrl}, and
 * {@code POST <provider-url>/refunds}. Each answers 201, or 200 when it knows the idempotency key.
 */
@Singleton
class SandboxProvider implements PaymentProvider {
    /** Enough to open hundreds of payments a second at a provider that takes 100 ms for each. */
    private static final int CONNECTIONS = 32;
    /** What would wait longer than the provider's time-out anyway is refused at once. */
    private static final int LONGEST_QUEUE = 1000;

    /** What is about this very refund. All else, such as 404 while the provider is being deployed, passes by waiting. */
    private static final Set<Integer> REFUSALS = Set.of(400, 402, 409, 410, 422);

    private static final Logger LOG = Logger.getLogger(SandboxProvider.class);

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentRequest(
            UUID paymentId,
            UUID orderId,
            Money amount,
            @Nullable URI returnUrl) {}

    record RefundRequest(UUID refundId, UUID paymentId, UUID orderId, Money amount) {}

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
        return post("/payments", paymentId, new PaymentRequest(paymentId, orderId, amount, returnUrl))
                .map(Answer::redirectUrl)
                .onFailure()
                .transform(fault -> {
                    LOG.warnf("payment not opened orderId=%s reason=%s", orderId, fault.toString());
                    return Problem.PAYMENT_PROVIDER_UNAVAILABLE.because("The provider did not open the payment.");
                });
    }

    @Override
    public Uni<RefundAnswer> refund(RefundRow refund) {
        UUID id = refund.providerId();
        return post("/refunds", id, new RefundRequest(id, refund.paymentId(), refund.orderId(), refund.amount()))
                .map(Answer::toRefund);
    }

    private Uni<Answer> post(String path, UUID idempotencyKey, Record body) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.providerUrl() + path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", idempotencyKey.toString())
                .setTimeout(settings.providerTimeout().toMillis());
        return http.request(request)
                .chain(opened -> opened.send(Buffer.buffer(Json.write(body))))
                .chain(response -> response.body().map(answer -> new Answer(response.statusCode(), answer)))
                .ifNoItem()
                .after(settings.providerTimeout().multipliedBy(2)) // however slowly the answer comes in
                .fail();
    }

    private record Answer(int status, Buffer body) {
        private URI redirectUrl() {
            if (status != 200 && status != 201) {
                throw unexpected();
            }
            return Json.read(body.getBytes(), PaymentAnswer.class).redirectUrl();
        }

        private RefundAnswer toRefund() {
            if (status >= 200 && status < 300) {
                return RefundAnswer.ACCEPTED;
            }
            if (REFUSALS.contains(status)) {
                return RefundAnswer.REFUSED;
            }
            throw unexpected();
        }

        private IllegalStateException unexpected() {
            return new IllegalStateException("the provider answered " + status);
        }
    }
}
