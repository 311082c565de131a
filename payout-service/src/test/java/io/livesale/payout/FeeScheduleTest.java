package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    private static final AppliedFee STANDARD = AppliedFee.unreduced(new Rate(500));

    @Test
    void programmeCoversFromItsBeginningUntilItsEnd() {
        FeeSchedule schedule = schedule(programme("a", 100, TO));

        assertEquals(STANDARD, schedule.appliedTo("611026", FROM.minusMillis(1)));
        assertEquals(reduced("a", 100), schedule.appliedTo("611026", FROM));
        assertEquals(reduced("a", 100), schedule.appliedTo("611026", TO.minusMillis(1)));
        assertEquals(STANDARD, schedule.appliedTo("611026", TO));
    }

    @Test
    void programmeWithoutEndGoesOn() {
        FeeSchedule schedule = schedule(programme("a", 100, null));

        assertEquals(reduced("a", 100), schedule.appliedTo("611026", Instant.parse("2099-01-01T00:00:00Z")));
    }

    @Test
    void lowestCoveringRateWins() {
        FeeSchedule schedule = schedule(programme("a", 200, TO), programme("b", 100, TO), programme("c", 300, TO));

        assertEquals(reduced("b", 100), schedule.appliedTo("611026", FROM));
    }

    @Test
    void ofEqualRatesTheSmallerIdWins() {
        FeeSchedule schedule = schedule(programme("b", 100, TO), programme("a", 100, TO));

        assertEquals(reduced("a", 100), schedule.appliedTo("611026", FROM));
    }

    @Test
    void programmeNeverRaisesTheFee() {
        FeeSchedule schedule = schedule(programme("dear", 600, TO), programme("same", 500, TO));

        assertEquals(STANDARD, schedule.appliedTo("611026", FROM));
    }

    @Test
    void otherCountiesPayTheStandardFee() {
        FeeSchedule schedule = schedule(programme("a", 100, TO));

        assertEquals(STANDARD, schedule.appliedTo("510100", FROM));
        assertEquals(STANDARD, schedule.appliedTo(null, FROM));
    }

    @Test
    void refusesAProgrammeThatEndsBeforeItBegins() {
        assertThrows(IllegalArgumentException.class, () -> programme("a", 100, FROM));
    }

    private static FeeSchedule schedule(FeeProgramme... programmes) {
        return new FeeSchedule(new Rate(500), List.of(programmes));
    }

    private static FeeProgramme programme(String id, int basisPoints, @Nullable Instant to) {
        return new FeeProgramme(id, "help", Set.of("611026"), new Rate(basisPoints), FROM, to);
    }

    private static AppliedFee reduced(String id, int basisPoints) {
        return new AppliedFee(new Rate(basisPoints), new Rate(500), id);
    }
}
