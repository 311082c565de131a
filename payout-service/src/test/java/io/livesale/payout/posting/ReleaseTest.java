package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.livesale.payout.PayoutSettings.SettlementPeriod;
import io.livesale.payout.SettlementProfile;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    private static final Periods PERIODS = new Periods(Duration.ofDays(3), Duration.ofDays(7), Duration.ofDays(15));

    private record Periods(Duration express, Duration standard, Duration extended) implements SettlementPeriod {}

    @ParameterizedTest
    @CsvSource({"EXPRESS, 3", "STANDARD, 7", "EXTENDED, 15"})
    void isDueWhenThePeriodOfItsProfileIsOver(SettlementProfile profile, int days) {
        Release release = new Release(profile, DELIVERED, DELIVERED.plusSeconds(60), null);

        assertEquals(DELIVERED.plus(Duration.ofDays(days)), release.dueAt(PERIODS));
    }

    @Test
    void isNeverDueBeforeTheCompletion() {
        Instant late = DELIVERED.plus(Duration.ofDays(8));

        assertEquals(late, new Release(SettlementProfile.STANDARD, DELIVERED, late, null).dueAt(PERIODS));
    }

    @Test
    void isNotDueUntilAllIsKnown() {
        assertNull(new Release(SettlementProfile.STANDARD, DELIVERED, null, null).dueAt(PERIODS));
        assertNull(new Release(SettlementProfile.STANDARD, null, DELIVERED, null).dueAt(PERIODS));
    }

    @Test
    void staysAsItWasFixed() {
        Instant fixed = DELIVERED.plus(Duration.ofDays(1));

        assertEquals(fixed, new Release(SettlementProfile.STANDARD, DELIVERED, DELIVERED, fixed).dueAt(PERIODS));
    }
}
