package io.livesale.benchmark;

import io.livesale.benchmark.Watch.Sample;
import java.util.List;

/**
 * Whether a backlog grows: the slope of the straight line that fits the samples best (least squares).
 *
 * @param perSecond orders the backlog gains each second; below 0 it shrinks
 * @param decidedPerSecond from the first sample to the last
 */
record Trend(double perSecond, double decidedPerSecond) {
    static Trend of(List<Sample> samples) {
        if (samples.size() < 2) {
            throw new IllegalArgumentException("too few samples for a trend");
        }
        double time = samples.stream().mapToDouble(Sample::seconds).average().orElseThrow();
        double backlog = samples.stream().mapToLong(Sample::backlog).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (Sample sample : samples) {
            double later = sample.seconds() - time;
            together += later * (sample.backlog() - backlog);
            alone += later * later;
        }
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        return new Trend(together / alone, (last.decided() - first.decided()) / (last.seconds() - first.seconds()));
    }
}
