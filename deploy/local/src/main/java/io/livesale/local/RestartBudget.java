package io.livesale.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often replicas may be started again: one that cannot live is a fault to look at, not to repeat for ever. */
final class RestartBudget {
    static final int RESTARTS = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    RestartBudget(Clock clock) {
        this.clock = clock;
    }

    /** Takes one restart; false when {@link #RESTARTS} were taken {@link #WITHIN} a minute. */
    synchronized boolean take() {
        Instant now = clock.instant();
        taken.removeIf(restart -> !restart.plus(WITHIN).isAfter(now));
        return taken.size() < RESTARTS && taken.add(now);
    }
}
