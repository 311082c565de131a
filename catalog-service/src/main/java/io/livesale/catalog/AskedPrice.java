package io.livesale.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Currency;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A price as a request states it. The upper bound leaves room to multiply it by any quantity within a long. */
@Schema(description = "Whole minor units and an ISO 4217 currency; 1990 CNY is 19.90 yuan.")
public record AskedPrice(
        @NotNull @Min(1) @Max(1_000_000_000_000L) @Schema(examples = "1990") @Nullable Long amount,

        @NotNull @Schema(implementation = String.class, examples = "CNY") @Nullable Currency currency) {

    /** The price, once validated. */
    public Money toMoney() {
        if (amount == null || currency == null) {
            throw new IllegalStateException("used before validation");
        }
        return new Money(amount, currency);
    }
}
