package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MoneyTest {
    private static final Currency CNY = Currency.getInstance("CNY");

    @Test
    void refusesToMixCurrencies() {
        Money yuan = new Money(1, CNY);
        Money yen = new Money(1, Currency.getInstance("JPY"));

        assertThrows(IllegalArgumentException.class, () -> yuan.plus(yen));
        assertThrows(IllegalArgumentException.class, () -> yuan.minus(yen));
        assertThrows(IllegalArgumentException.class, () -> yuan.orLess(yen));
    }

    @Test
    void throwsRatherThanOverflow() {
        Money most = new Money(Long.MAX_VALUE, CNY);
        Money least = new Money(Long.MIN_VALUE, CNY);
        Money one = new Money(1, CNY);

        assertThrows(ArithmeticException.class, () -> most.plus(one));
        assertThrows(ArithmeticException.class, () -> least.minus(one));
        assertThrows(ArithmeticException.class, least::negated);
    }

    @Property
    void partIsExactForEveryAmount(@ForAll long amount, @ForAll @IntRange(max = 10_000) int basisPoints) {
        Money part = new Money(amount, CNY).partDown(new Rate(basisPoints));

        BigInteger exact = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(basisPoints))
                .divide(BigInteger.valueOf(10_000));
        assertEquals(exact.longValueExact(), part.amount());
    }

    @Test
    void rateIsBetweenNothingAndAll() {
        assertEquals(0, new Rate(0).basisPoints());
        assertEquals(10_000, new Rate(10_000).basisPoints());
        assertThrows(IllegalArgumentException.class, () -> new Rate(-1));
        assertThrows(IllegalArgumentException.class, () -> new Rate(10_001));
    }
}
