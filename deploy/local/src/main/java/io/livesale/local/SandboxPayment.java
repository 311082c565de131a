package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What order-service asks the provider to collect, and what the payer has done about it.
 *
 * @param returnUrl where the payer goes afterwards: absolute http(s), or a path of the same origin
 * @param declines how often the payer has declined
 */
record SandboxPayment(
        String paymentId,
        String orderId,
        SandboxAmount amount,
        @Nullable String returnUrl,
        Status status,
        int declines) {
    static final Set<String> FIELDS = Set.of("paymentId", "orderId", "amount", "returnUrl");
    static final int MAX_ID_LENGTH = 64;

    private static final int MAX_URL_LENGTH = 2048;

    enum Status {
        PENDING,
        /** Final: the money has moved. */
        CAPTURED,
        /** The payer may try again, as with another card. */
        DECLINED
    }

    static SandboxPayment of(Fields request) {
        return new SandboxPayment(
                request.text("paymentId", MAX_ID_LENGTH),
                request.text("orderId", MAX_ID_LENGTH),
                SandboxAmount.of(request),
                request.has("returnUrl") ? returnUrl(request.text("returnUrl", MAX_URL_LENGTH)) : null,
                Status.PENDING,
                0);
    }

    /** Whether both collect the same money for the same order; where the payer goes afterwards may differ. */
    boolean collectsTheSameAs(SandboxPayment other) {
        return paymentId.equals(other.paymentId) && orderId.equals(other.orderId) && amount.equals(other.amount);
    }

    SandboxPayment returningTo(@Nullable String url) {
        return new SandboxPayment(paymentId, orderId, amount, url, status, declines);
    }

    /** The payment after the payer's choice; a captured one stays as it is. */
    SandboxPayment choose(Status choice) {
        if (status == Status.CAPTURED) {
            return this;
        }
        int declined = choice == Status.DECLINED ? declines + 1 : declines;
        return new SandboxPayment(paymentId, orderId, amount, returnUrl, choice, declined);
    }

    Optional<String> whereTo() {
        return Optional.ofNullable(returnUrl);
    }

    /** The payer's newest choice; every decline is one of its own. */
    WebhookNotice notice() {
        boolean captured = status == Status.CAPTURED;
        String type = captured ? "payment.captured" : "payment.failed";
        return new WebhookNotice(
                "msg_" + paymentId + "." + type + (captured ? "" : "." + declines),
                new JsonObject()
                        .put("type", type)
                        .put("orderId", orderId)
                        .put("paymentId", paymentId)
                        .put("amount", amount.json()));
    }

    private static String returnUrl(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("returnUrl is not a URL.");
        }
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean ownPath = !url.isAbsolute() && text.matches("/([^/\\\\].*)?");
        if (!(web && url.getHost() != null) && !ownPath) {
            throw new InvalidRequest("returnUrl must be an http(s) URL or a path.");
        }
        return text;
    }
}
