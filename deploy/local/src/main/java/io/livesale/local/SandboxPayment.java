package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What order-service asks the provider to collect.
 *
 * @param amount minor units, above zero
 * @param returnUrl where the payer goes afterwards: absolute http(s), or a path of the same origin
 */
record SandboxPayment(
        String paymentId,
        String orderId,
        long amount,
        Currency currency,
        @Nullable String returnUrl) {
    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_URL_LENGTH = 2048;

    enum Status {
        PENDING,
        CAPTURED,
        DECLINED
    }

    static SandboxPayment of(Fields request) {
        Fields money = request.object("amount", Set.of("amount", "currency"));
        return new SandboxPayment(
                request.text("paymentId", MAX_ID_LENGTH),
                request.text("orderId", MAX_ID_LENGTH),
                money.positive("amount"),
                currency(money.text("currency", 3)),
                request.has("returnUrl") ? returnUrl(request.text("returnUrl", MAX_URL_LENGTH)) : null);
    }

    Optional<String> whereTo() {
        return Optional.ofNullable(returnUrl);
    }

    /** As people read it: {@code CNY 19.90}. */
    String formattedAmount() {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return currency + " " + BigDecimal.valueOf(amount, digits).toPlainString();
    }

    JsonObject money() {
        return new JsonObject().put("amount", amount).put("currency", currency.getCurrencyCode());
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("currency must be an ISO 4217 code.");
        }
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
