package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int BURST = 30;
    private static final Duration PER_ORDER = Duration.ofMillis(100);

    /** Near the end of what the clock can count, for it may begin anywhere. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

    private final Pace pace = new Pace(BURST, 10, clock::get);

    @Test
    void admitsTheBurstAndNotOneMore() {
        assertEquals(BURST, admitted("lin", BURST));

        boolean oneMore = pace.admits("lin");

        assertFalse(oneMore);
    }

    @Test
    void admitsTheNextWhenItsTimeHasComeAndNotBefore() {
        admitted("lin", BURST);

        clock.addAndGet(PER_ORDER.toNanos() - 1);
        boolean before = pace.admits("lin");
        clock.addAndGet(1);
        boolean at = pace.admits("lin");
        boolean after = pace.admits("lin");

        assertFalse(before);
        assertTrue(at);
        assertFalse(after);
    }

    @Test
    void refusalsCostTheBuyerNothing() {
        admitted("lin", BURST);
        assertEquals(0, admitted("lin", 1000));

        clock.addAndGet(PER_ORDER.multipliedBy(2).toNanos());

        assertEquals(2, admitted("lin", 5));
    }

    @Test
    void restingNeverGathersMoreThanTheBurst() {
        admitted("lin", 10);

        clock.addAndGet(Duration.ofHours(1).toNanos());

        assertEquals(BURST, admitted("lin", 2 * BURST));
    }

    @Test
    void oneBuyersHasteIsNobodyElses() {
        admitted("lin", BURST + 1);

        assertTrue(pace.admits("wang"));
    }

    @Test
    void pressingOnManyConnectionsAtOnceGainsNothing() {
        long admitted = IntStream.range(0, 10_000)
                .parallel()
                .filter(press -> pace.admits("lin"))
                .count();

        assertEquals(BURST, admitted);
    }

    @Test
    void forgetsBuyersOnceTheirBucketsAreFullAgain() {
        IntStream.range(0, 100).forEach(buyer -> pace.admits("buyer-" + buyer));
        assertEquals(100, pace.users());

        clock.addAndGet(PER_ORDER.multipliedBy(BURST).toNanos());

        assertEquals(0, pace.users());
    }

    private long admitted(String buyer, int presses) {
        return IntStream.range(0, presses).filter(press -> pace.admits(buyer)).count();
    }
}
