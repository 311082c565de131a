package io.livesale.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void openLoadKeepsItsTimesHoweverLateItIs() {
        // given ten a second
        Pace pace = Pace.open(10, Duration.ofSeconds(2));
        // when half a second has passed and only two were started
        long next = pace.schedule().next(SECOND / 2, 2);
        // then the third was to start after 0.2 seconds, and is counted from there
        assertEquals(SECOND / 5, next);
    }

    @Test
    void openLoadStartsExactlyAsManyAsItsRateAsksFor() {
        Pace pace = Pace.open(10, Duration.ofSeconds(2));
        assertEquals(2 * SECOND - SECOND / 10, pace.schedule().next(5 * SECOND, 19));
        assertEquals(Pace.END, pace.schedule().next(5 * SECOND, 20));
    }

    @Test
    void closedLoadStartsAtOnceUntilItsTimeIsOver() {
        Pace pace = Pace.closed(Duration.ofSeconds(1));
        assertEquals(SECOND - 1, pace.schedule().next(SECOND - 1, 1_000_000));
        assertEquals(Pace.END, pace.schedule().next(SECOND, 1_000_000));
    }

    @Test
    void burstEndsWithItsLastRequest() {
        Pace pace = Pace.burst(3);
        assertEquals(7, pace.schedule().next(7, 2));
        assertEquals(Pace.END, pace.schedule().next(7, 3));
    }

    @Test
    void holdsBackWhileTooManyWait() {
        // given at most five that wait
        AtomicLong decided = new AtomicLong();
        Pace pace = Pace.closed(Duration.ofSeconds(1)).atMost(5, decided::get);
        // when five wait, then one of them is decided, then time is over
        long waiting = pace.schedule().next(1, 5);
        decided.set(1);
        long freed = pace.schedule().next(2, 5);
        // then
        assertEquals(Pace.LATER, waiting);
        assertEquals(2, freed);
        assertEquals(Pace.END, pace.schedule().next(SECOND, 100));
    }

    @Test
    void endsEarlyWhenTold() {
        AtomicBoolean enough = new AtomicBoolean();
        Pace pace = Pace.open(10, Duration.ofSeconds(1)).until(enough::get);
        assertEquals(0, pace.schedule().next(0, 0));
        enough.set(true);
        assertEquals(Pace.END, pace.schedule().next(0, 0));
    }
}
