package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SalePartsTest {
    private static final Currency CNY = Currency.getInstance("CNY");

    @Test
    void splitsTheWorkedExample() {
        SaleParts parts = SaleParts.ofProduct(cny(3 * 1990), new Rate(2000), fee(100, 500));

        assertEquals(new SaleParts(cny(5970), cny(59), cny(1194), cny(4717), cny(239)), parts);
    }

    @Test
    void waivesNothingAtTheStandardRate() {
        SaleParts parts = SaleParts.ofProduct(cny(5970), new Rate(2000), fee(500, 500));

        assertEquals(new SaleParts(cny(5970), cny(298), cny(1194), cny(4478), cny(0)), parts);
    }

    @Test
    void keepsTheCommissionAndCapsTheFeeWhereTheyExceedTheGross() {
        SaleParts parts = SaleParts.ofProduct(cny(1000), new Rate(9800), fee(500, 500));

        assertEquals(new SaleParts(cny(1000), cny(20), cny(980), cny(0), cny(0)), parts);
    }

    @Test
    void leavesNoFeeWhereTheCommissionIsEverything() {
        SaleParts parts = SaleParts.ofProduct(cny(1000), new Rate(10_000), fee(500, 500));

        assertEquals(new SaleParts(cny(1000), cny(0), cny(1000), cny(0), cny(0)), parts);
    }

    @Test
    void givesThePlatformWhatAGiftDoesNotGiveTheCreator() {
        SaleParts parts = SaleParts.ofGift(cny(999), new Rate(5000));

        assertEquals(new SaleParts(cny(999), cny(500), cny(499), cny(0), cny(0)), parts);
    }

    @Test
    void refusesANegativeGross() {
        Money negative = cny(-100);

        assertThrows(IllegalArgumentException.class, () -> SaleParts.ofGift(negative, new Rate(5000)));
        assertThrows(IllegalArgumentException.class, () -> SaleParts.ofProduct(negative, new Rate(0), fee(500, 500)));
    }

    @Test
    void refusesPartsThatDoNotAddUp() {
        assertThrows(IllegalArgumentException.class, () -> new SaleParts(cny(100), cny(5), cny(20), cny(76), cny(0)));
    }

    @Property
    void partsOfAProductAlwaysAddUp(
            @ForAll @LongRange(max = Long.MAX_VALUE) long gross,
            @ForAll @IntRange(max = 10_000) int commission,
            @ForAll @IntRange(max = 10_000) int standard,
            @ForAll @IntRange(max = 10_000) int reduced) {
        AppliedFee fee = fee(Math.min(reduced, standard), standard);

        SaleParts parts = SaleParts.ofProduct(cny(gross), new Rate(commission), fee);

        assertEquals(cny(gross), parts.fee().plus(parts.commission()).plus(parts.sellerNet()));
        assertTrue(parts.sellerNet().amount() >= 0);
        assertTrue(parts.waivedFee().amount() <= gross);
    }

    @Property
    void partsOfAGiftAlwaysAddUp(
            @ForAll @LongRange(max = Long.MAX_VALUE) long gross, @ForAll @IntRange(max = 10_000) int commission) {
        SaleParts parts = SaleParts.ofGift(cny(gross), new Rate(commission));

        assertEquals(cny(gross), parts.fee().plus(parts.commission()));
    }

    private static AppliedFee fee(int applied, int standard) {
        return new AppliedFee(new Rate(applied), new Rate(standard), null);
    }

    private static Money cny(long amount) {
        return new Money(amount, CNY);
    }
}
