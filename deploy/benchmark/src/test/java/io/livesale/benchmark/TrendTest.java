package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.benchmark.Watch.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void seesABacklogGrowThroughItsUpsAndDowns() {
        // given 1,000 a second appended, 900 decided, in batches of two seconds
        List<Sample> samples = IntStream.range(0, 60)
                .mapToObj(second -> new Sample(second, 1000L * second, 900L * (second - second % 2)))
                .toList();
        // when
        Trend trend = Trend.of(samples);
        // then
        assertEquals(100, trend.perSecond(), 2);
    }

    @Test
    void takesALongBacklogThatStaysForLevel() {
        // given
        List<Sample> samples = IntStream.range(0, 60)
                .mapToObj(second -> new Sample(second, 50_000 + 1000L * second, 1000L * second))
                .toList();
        // when
        Trend trend = Trend.of(samples);
        // then
        assertEquals(0, trend.perSecond(), 1e-6);
        assertEquals(1000, trend.decidedPerSecond(), 1e-6);
    }
}
