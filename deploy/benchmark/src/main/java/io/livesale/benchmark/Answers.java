package io.livesale.benchmark;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What a load was answered.
 *
 * @param seconds in which requests were started
 * @param inTime accepted (202) within these seconds
 * @param accepted accepted in all
 * @param times from each request's intended start to its acceptance, in microseconds
 * @param refusals the same of what was refused and told when to come back, in microseconds
 * @param errors whatever was not accepted, by what came instead
 */
record Answers(
        double seconds, long inTime, long accepted, Histogram times, Histogram refusals, Map<String, Long> errors) {
    private static final double MICROS = 1000.0;

    double perSecond() {
        return inTime / seconds;
    }

    /** Milliseconds that this share of the accepted took at most. */
    double millis(double percentile) {
        return times.getValueAtPercentile(percentile) / MICROS;
    }

    /** How many ended in this way, by how the text of it begins. */
    long errors(String like) {
        return errors.entrySet().stream()
                .filter(error -> error.getKey().startsWith(like))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** One line, when anything was not accepted. */
    Optional<String> problems() {
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(errors.entrySet().stream()
                        .map(error -> error.getValue() + " × " + error.getKey())
                        .collect(Collectors.joining("; ")));
    }
}
