package io.livesale.payout;

import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount in whole minor units of one currency: {@code 1990 CNY} is 19.90 yuan. Arithmetic across currencies
 * or beyond the range of {@code long} throws.
 */
public record Money(long amount, Currency currency) {
    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /** @throws ArithmeticException when the sum leaves the range of {@code long} */
    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other)), currency);
    }

    /** @throws ArithmeticException when the difference leaves the range of {@code long} */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, sameCurrency(other)), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(amount), currency);
    }

    public Money orLess(Money other) {
        return amount <= sameCurrency(other) ? this : other;
    }

    /**
     * The part of this amount that a rate takes, rounded towards zero. Whole ten-thousandths and the rest are taken
     * apart first, so that no product leaves the range of {@code long}: the result is exact for every amount.
     */
    public Money partDown(Rate rate) {
        long whole = amount / Rate.WHOLE * rate.basisPoints();
        long rest = amount % Rate.WHOLE * rate.basisPoints() / Rate.WHOLE;
        return new Money(whole + rest, currency);
    }

    private long sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot mix " + currency + " and " + other.currency);
        }
        return other.amount;
    }
}
