package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.benchmark.Pipeline.Sustained;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A round of 60 s at 1,000 orders/s. */
class SustainedTest {
    private static Sustained round(long inTime, double growth, Map<String, Long> errors) {
        Usage usage = new Usage(60, Map.of(), Map.of(), 0);
        return new Sustained(
                1000,
                SustainedRate.LEVEL,
                new Answers(60, inTime, 60_000, new Histogram(3), new Histogram(3), errors),
                new Trend(growth, 1000),
                0,
                new Histogram(3),
                new Cost.Spent(usage, 60_000));
    }

    @Test
    void holdsWhileTheBacklogGrowsByNoMoreThanOnePercent() {
        assertTrue(round(60_000, 10, Map.of()).holds());
        assertFalse(round(60_000, 10.1, Map.of()).holds());
        assertTrue(round(60_000, -500, Map.of()).holds(), "a backlog may shrink as it likes");
    }

    @Test
    void holdsWhileNoMoreThanHalfASecondsOrdersAreLate() {
        assertTrue(round(59_500, 0, Map.of()).holds());
        assertFalse(round(59_499, 0, Map.of()).holds());
    }

    @Test
    void doesNotHoldWithAnError() {
        assertFalse(round(60_000, 0, Map.of("503", 1L)).holds());
    }
}
