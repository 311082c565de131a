package io.livesale.catalog.sales;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.catalog.Takings;
import io.livesale.catalog.sales.Standing.Outcome.Applied;
import io.livesale.catalog.sales.Standing.Outcome.Contradiction;
import io.livesale.catalog.sales.Standing.Outcome.Stale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {
    private static final UUID OFFER = new UUID(0, 1);
    private static final UUID PRODUCT = new UUID(0, 2);
    private static final Takings TAKINGS = new Takings(40, 59700, 11940);
    /** 100 units, 30 sold, 20 given back, as told by version 5. */
    private static final Standing STANDING = standing(0, 30, 20, 5);

    @Test
    void takesTheFiguresAsTold() {
        assertEquals(new Applied(standing(10, 35, 20, 6)), STANDING.apply(changed(6, 10, 35)));
    }

    @Test
    void givesBackWhatItHasNotGivenBackYet() {
        assertEquals(new Applied(standing(5, 30, 65, 6)), STANDING.apply(settled(6, 5, 30, 65)));
    }

    @Test
    void takesRefundedUnitsOutOfTheSoldOnes() {
        assertEquals(new Applied(standing(0, 28, 22, 6)), STANDING.apply(settled(6, 0, 28, 22)));
    }

    @Test
    void takesTheNextVersionButNeitherTheSameNorAnOlderOne() {
        assertInstanceOf(Applied.class, STANDING.apply(changed(6, 0, 30)));
        assertInstanceOf(Stale.class, STANDING.apply(changed(5, 0, 31)));
        assertInstanceOf(Stale.class, STANDING.apply(changed(4, 0, 31)));
    }

    @Test
    void refusesFiguresAboveTheAllotmentButNotAtIt() {
        assertInstanceOf(Applied.class, STANDING.apply(settled(6, 20, 50, 30)));
        assertInstanceOf(Contradiction.class, STANDING.apply(settled(6, 21, 50, 30)));
        assertInstanceOf(Contradiction.class, STANDING.apply(settled(6, 0, 71, 30)));
        assertInstanceOf(Contradiction.class, STANDING.apply(settled(6, Long.MAX_VALUE, 1, 30)));
        assertInstanceOf(Contradiction.class, STANDING.apply(settled(6, 0, Long.MAX_VALUE, Long.MAX_VALUE)));
    }

    @Test
    void refusesToTakeBackWhatWasGivenBack() {
        assertInstanceOf(Applied.class, STANDING.apply(settled(6, 0, 30, 20)));
        assertInstanceOf(Contradiction.class, STANDING.apply(settled(6, 0, 30, 19)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {59, 61})
    void refusesARemainderThatIsNotWhatTheOtherFiguresLeave(Long remaining) {
        SalesReport report = new SalesReport(OFFER, remaining, 10, 30, null, 6, null, null, null);

        assertEquals(new Contradiction("remaining is not 60"), STANDING.apply(report));
    }

    @Test
    void countsAGiftWithoutARemainder() {
        Standing gift = new Standing(OFFER, null, null, null, 0, 3, 0, TAKINGS, 1);

        assertEquals(
                new Applied(new Standing(OFFER, null, null, null, 1, 7, 0, new Takings(9, 700, 350), 2)),
                gift.apply(new SalesReport(OFFER, null, 1, 7, 0L, 2, 9L, 700L, 350L)));
        assertInstanceOf(Contradiction.class, gift.apply(new SalesReport(OFFER, 5L, 1, 7, 0L, 2, null, null, null)));
    }

    @Test
    void refusesNegativeFiguresAndVersionZero() {
        assertThrows(IllegalArgumentException.class, () -> changed(1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> changed(1, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> settled(1, 0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> changed(0, 0, 0));
    }

    @Test
    void knowsNoOrdersAndMoneyOnceANewerReportTellsNone() {
        Applied told = (Applied) STANDING.apply(new SalesReport(OFFER, 70L, 0, 30, null, 6, 41L, 59700L, 11940L));
        SalesReport fromBefore = new SalesReport(OFFER, 69L, 0, 31, null, 7, null, null, null);
        Applied untold = (Applied) told.standing().apply(fromBefore);

        assertEquals(new Takings(41, 59700, 11940), told.standing().takings());
        assertNull(untold.standing().takings());
    }

    @Test
    void refusesNegativeOrdersAndMoney() {
        assertThrows(IllegalArgumentException.class, () -> told(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> told(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> told(0, 0, -1));
    }

    private static SalesReport told(long orders, long gross, long commission) {
        return new SalesReport(OFFER, 100L, 0, 0, null, 1, orders, gross, commission);
    }

    private static SalesReport changed(long version, long reserved, long sold) {
        return new SalesReport(OFFER, remaining(reserved, sold), reserved, sold, null, version, 40L, 59700L, 11940L);
    }

    private static SalesReport settled(long version, long reserved, long sold, long unsold) {
        return new SalesReport(OFFER, remaining(reserved, sold), reserved, sold, unsold, version, 40L, 59700L, 11940L);
    }

    private static long remaining(long reserved, long sold) {
        return Math.max(0, 100 - reserved - sold);
    }

    private static Standing standing(long reserved, long sold, long givenBack, long version) {
        return new Standing(OFFER, PRODUCT, 100L, 100 - reserved - sold, reserved, sold, givenBack, TAKINGS, version);
    }
}
