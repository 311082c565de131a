package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;

/**
 * An amount of money.
 *
 * @param amount minor units, above zero
 */
record SandboxAmount(long amount, Currency currency) {

    /** @throws InvalidRequest when it is none */
    static SandboxAmount of(Fields request) {
        Fields money = request.object("amount", Set.of("amount", "currency"));
        return new SandboxAmount(money.positive("amount"), currency(money.text("currency", 3)));
    }

    JsonObject json() {
        return new JsonObject().put("amount", amount).put("currency", currency.getCurrencyCode());
    }

    /** As people read it: {@code CNY 19.90}. */
    @Override
    public String toString() {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return currency + " " + BigDecimal.valueOf(amount, digits).toPlainString();
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("currency must be an ISO 4217 code.");
        }
    }
}
