package io.livesale.order;

import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount in whole minor units (fen for CNY).
 *
 * @param amount minor units; 1990 CNY is 19.90 yuan
 * @param currency ISO 4217
 */
public record Money(long amount, Currency currency) {
    public Money {
        Objects.requireNonNull(currency);
    }

    /** From two columns that are both there or both absent. */
    public static @Nullable Money ofColumns(@Nullable Long amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Money(amount, Currency.getInstance(currency));
    }

    /** The price of several units. Throws {@link ArithmeticException} beyond the range of a long. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(amount, quantity), currency);
    }
}
