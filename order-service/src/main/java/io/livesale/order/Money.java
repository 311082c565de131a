package io.livesale.order;

import java.util.Currency;
import java.util.Objects;

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

    /** The price of several units. Throws {@link ArithmeticException} beyond the range of a long. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(amount, quantity), currency);
    }
}
