package io.livesale.payout.paying;

import io.livesale.payout.Money;
import io.livesale.payout.PayoutAccount;
import io.livesale.payout.PayoutProvider;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;

/**
 * The sandbox provider of local runs: {@code POST <url>/payouts} under the payout's id as Idempotency-Key answers 201,
 * or 200 when it knows the key, with {@code {status: ACCEPTED | PAID | FAILED, reason?}}; {@code POST
 * <url>/account-checks} answers {@code {valid, reason?}}.
 */
@Singleton
class SandboxPayoutProvider implements PayoutProvider {
    /** As many as are sent at once, and a few for accounts to verify. */
    private static final int CONNECTIONS = 48;
    /** What would wait longer than the provider's time-out anyway is refused at once. */
    private static final int LONGEST_QUEUE = 1000;

    /**
     * What is about this very request, and for good. A conflict is not: it may mean that an earlier call of ours is
     * still being worked on, and paid. All else, such as 404 while the provider is being deployed, passes by waiting.
     */
    private static final Set<Integer> REFUSALS = Set.of(400, 402, 422);

    /** The provider knows the key with another amount or account, and may have paid that: no refusal. */
    private static final String KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";

    private final HttpClient http;
    private final ProviderSettings settings;

    SandboxPayoutProvider(Vertx vertx, ProviderSettings settings) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(LONGEST_QUEUE));
        this.settings = settings;
    }

    @Override
    public Uni<Verdict> verify(PayoutAccount account) {
        return post("/account-checks", UUID.randomUUID(), destination(account)).map(Reply::toVerdict);
    }

    @Override
    public Uni<Answer> pay(UUID payoutId, Money amount, PayoutAccount to) {
        JsonObject request = destination(to)
                .put("payoutId", payoutId.toString())
                .put(
                        "amount",
                        JsonObject.of(
                                "amount",
                                amount.amount(),
                                "currency",
                                amount.currency().getCurrencyCode()));
        return post("/payouts", payoutId, request).map(Reply::toAnswer);
    }

    private static JsonObject destination(PayoutAccount account) {
        return JsonObject.of(
                "kind", account.kind().name(),
                "holder", account.holder(),
                "account", account.number().value());
    }

    private Uni<Reply> post(String path, UUID idempotencyKey, JsonObject body) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.url() + path)
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", idempotencyKey.toString())
                .setTimeout(settings.timeout().toMillis());
        return http.request(request)
                .chain(opened -> opened.send(Buffer.buffer(body.encode())))
                .chain(response -> response.body().map(answer -> new Reply(response.statusCode(), answer.toString())))
                .ifNoItem()
                .after(settings.timeout().multipliedBy(2)) // however slowly the answer comes in
                .fail();
    }

    private record Reply(int status, String body) {
        private Verdict toVerdict() {
            if (isRefusal()) {
                return new Verdict(false, reason("detail"));
            }
            boolean valid = success().getBoolean("valid");
            return new Verdict(valid, valid ? null : reason("reason"));
        }

        private Answer toAnswer() {
            if (isRefusal()) {
                return new Answer(Progress.FAILED, reason("detail"));
            }
            String progress = success().getString("status", "");
            return switch (progress) {
                case "PAID" -> new Answer(Progress.PAID, null);
                case "FAILED" -> new Answer(Progress.FAILED, reason("reason"));
                default -> new Answer(Progress.ACCEPTED, null);
            };
        }

        private boolean isRefusal() {
            return REFUSALS.contains(status) && !KEY_REUSED.equals(new JsonObject(body).getString("code"));
        }

        private JsonObject success() {
            if (status != 200 && status != 201) {
                throw new IllegalStateException("the provider answered " + status);
            }
            return new JsonObject(body);
        }

        private String reason(String field) {
            return ProviderReason.of(new JsonObject(body).getString(field));
        }
    }
}
