package io.livesale.payout;

import java.time.Duration;

/** A request is refused for a known reason. Carries no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    /** Long enough to go to others first, short enough that nobody waits for it. */
    public static final Duration SHORTLY = Duration.ofSeconds(1);

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final Duration retryAfter;

    ProblemException(Problem problem, String detail, Duration retryAfter) {
        super(detail, null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public Problem problem() {
        return problem;
    }

    /** When the same request may succeed; means nothing unless {@link Problem#isTransient()}. Whole seconds count. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
