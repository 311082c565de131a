package io.livesale.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * When requests start.
 *
 * @param length after it nothing more is started
 * @param patience a request that finds no free connection for so long is not sent at all
 */
record Pace(Duration length, Duration patience, Schedule schedule) {
    /** Not yet: ask again soon. */
    static final long LATER = Long.MAX_VALUE - 1;
    /** No further request. */
    static final long END = Long.MAX_VALUE;

    /** Longer than anybody waits for an answer. */
    private static final Duration PATIENT = Duration.ofMinutes(10);

    /** No burst takes longer. */
    private static final Duration LONGEST_BURST = Duration.ofMinutes(5);

    /** Asked by one thread only. */
    interface Schedule {
        /**
         * The intended start of the next request, in nanoseconds since the load began: it may be past (late already),
         * now, to come, {@link #LATER} or {@link #END}.
         *
         * @param elapsed now, in nanoseconds since the load began
         * @param started requests so far
         */
        long next(long elapsed, long started);
    }

    /** As fast as answers come: every connection sends again once it was answered. For ceilings. */
    static Pace closed(Duration length) {
        return new Pace(length, PATIENT, (elapsed, started) -> elapsed < length.toNanos() ? elapsed : END);
    }

    /** The same for this many requests. */
    static Pace burst(long requests) {
        return new Pace(LONGEST_BURST, PATIENT, (elapsed, started) -> started < requests ? elapsed : END);
    }

    /** At fixed times whether or not answers come, as a crowd does. For latencies. */
    static Pace open(double perSecond, Duration length) {
        return new Pace(length, PATIENT, (elapsed, started) -> {
            long intended = (long) (started * 1e9 / perSecond);
            return intended < length.toNanos() ? intended : END;
        });
    }

    /** Held back while so many of the started requests wait for something beyond their answer. */
    Pace atMost(long waiting, LongSupplier done) {
        return new Pace(length, patience, (elapsed, started) -> {
            long next = schedule.next(elapsed, started);
            return next != END && started - done.getAsLong() >= waiting ? LATER : next;
        });
    }

    /** Ended early when this comes true. */
    Pace until(BooleanSupplier end) {
        return new Pace(
                length, patience, (elapsed, started) -> end.getAsBoolean() ? END : schedule.next(elapsed, started));
    }

    /** Those who find no free connection for so long are not sent, as if they had met a closed door. */
    Pace patient(Duration time) {
        return new Pace(length, time, schedule);
    }
}
