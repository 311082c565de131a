package io.livesale.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final Instant START = Instant.parse("2026-11-22T20:00:00Z");

    private Instant now = START;
    private final RestartBudget budget = new RestartBudget(new TestClock());

    @Test
    void givesFiveRestartsAMinuteAndNoMore() {
        for (int restart = 0; restart < 5; restart++) {
            assertTrue(budget.take());
            now = now.plusSeconds(1);
        }

        assertFalse(budget.take());
    }

    @Test
    void givesTheNextAMinuteAfterTheFirst() {
        for (int restart = 0; restart < 5; restart++) {
            budget.take();
        }

        now = START.plus(Duration.ofMinutes(1)).minusMillis(1);
        assertFalse(budget.take());
        now = START.plus(Duration.ofMinutes(1));
        assertTrue(budget.take());
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
