package io.livesale.order;

import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount in whole minor units (fen for CNY). Adding or comparing two currencies throws {@link
 * IllegalArgumentException}; leaving the range of a long throws {@link ArithmeticException}.
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

    /** The price of several units. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(amount, quantity), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, sameCurrency(other).amount), currency);
    }

    public boolean isMoreThan(Money other) {
        return amount > sameCurrency(other).amount;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
        }
        return other;
    }
}
