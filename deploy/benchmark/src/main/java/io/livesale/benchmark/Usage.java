package io.livesale.benchmark;

import java.util.Map;

/**
 * What a round cost.
 *
 * @param seconds it took
 * @param cpuSeconds by process
 * @param peakBytes of memory, by process
 * @param otherCores processors kept busy by anything else on this machine, on average
 */
record Usage(double seconds, Map<Actor, Double> cpuSeconds, Map<Actor, Long> peakBytes, double otherCores) {
    double cpuSecondsPer1000(Actor actor, long orders) {
        return 1000 * cpuSeconds.getOrDefault(actor, 0.0) / Math.max(1, orders);
    }

    /** Processors kept busy by it, on average. */
    double cores(Actor actor) {
        return cpuSeconds.getOrDefault(actor, 0.0) / seconds;
    }

    double peakMib(Actor actor) {
        return peakBytes.getOrDefault(actor, 0L) / (1024.0 * 1024.0);
    }
}
