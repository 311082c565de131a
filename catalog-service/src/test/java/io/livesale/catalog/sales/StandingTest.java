package io.livesale.catalog.sales;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.catalog.sales.Standing.Outcome.Applied;
import io.livesale.catalog.sales.Standing.Outcome.Contradiction;
import io.livesale.catalog.sales.Standing.Outcome.Stale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final UUID OFFER = new UUID(0, 1);
    private static final UUID PRODUCT = new UUID(0, 2);
    /** 100 units, 30 sold, 20 given back, as told by version 5. */
    private static final Standing STANDING = new Standing(OFFER, PRODUCT, 100L, 30, 20, 5);

    @Test
    void movesWhatIsSoldSince() {
        SalesReport report = changed(6, 10, 35);

        assertEquals(new Applied(report, PRODUCT, 5, 0, 20), STANDING.apply(report));
    }

    @Test
    void givesBackWhatItHasNotGivenBackYet() {
        SalesReport report = settled(6, 5, 30, 65);

        assertEquals(new Applied(report, PRODUCT, 0, 45, 65), STANDING.apply(report));
    }

    @Test
    void movesRefundedUnitsFromSoldToGivenBack() {
        SalesReport report = settled(6, 0, 28, 22);

        assertEquals(new Applied(report, PRODUCT, -2, 2, 22), STANDING.apply(report));
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

    @Test
    void countsAGiftWithoutMovingStock() {
        Standing gift = new Standing(OFFER, null, null, 3, 0, 1);
        SalesReport report = new SalesReport(OFFER, null, 1, 7, 0L, 2);

        assertEquals(new Applied(report, null, 4, 0, 0), gift.apply(report));
    }

    @Test
    void refusesNegativeFiguresAndVersionZero() {
        assertThrows(IllegalArgumentException.class, () -> changed(1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> changed(1, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> settled(1, 0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> changed(0, 0, 0));
    }

    private static SalesReport changed(long version, long reserved, long sold) {
        return new SalesReport(OFFER, 0L, reserved, sold, null, version);
    }

    private static SalesReport settled(long version, long reserved, long sold, long unsold) {
        return new SalesReport(OFFER, 0L, reserved, sold, unsold, version);
    }
}
