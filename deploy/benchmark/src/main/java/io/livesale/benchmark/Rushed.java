package io.livesale.benchmark;

import org.HdrHistogram.Histogram;

/**
 * What became of one overload.
 *
 * @param intended requests per second
 * @param answers of the overload
 * @param decided orders per second meanwhile
 * @param reads times of reads meanwhile, in microseconds
 * @param recoveredAfter seconds from its end until all was as before
 * @param before the process before it
 * @param connected with all connections, before anything is sent
 * @param after the return
 */
record Rushed(
        double intended,
        Answers answers,
        double decided,
        long mostWaiting,
        Histogram reads,
        double recoveredAfter,
        Cost.Spent spent,
        JvmMemory before,
        JvmMemory connected,
        JvmMemory after) {
    private static final double MICROS = 1000.0;

    double accepted() {
        return answers.perSecond();
    }

    double refused() {
        return answers.refusals().getTotalCount() / answers.seconds();
    }

    double sent() {
        return intended - answers.errors(Load.NOT_SENT) / answers.seconds();
    }

    /** Neither accepted nor told when to come back, of what was sent. */
    long lost() {
        long notAccepted = answers.errors("");
        return notAccepted - answers.errors(Load.NOT_SENT) - answers.refusals().getTotalCount();
    }

    /** Nobody knows what became of these. */
    long unanswered() {
        return answers.errors("no answer") + answers.errors("connection lost");
    }

    /** Milliseconds to any answer that is one. */
    double millis(double percentile) {
        Histogram all = answers.times().copy();
        all.add(answers.refusals());
        return all.getValueAtPercentile(percentile) / MICROS;
    }

    double readMillis() {
        return reads.getValueAtPercentile(99) / MICROS;
    }

    double peakMib() {
        return spent.usage().peakMib(Actor.ORDER_SERVICE);
    }
}
