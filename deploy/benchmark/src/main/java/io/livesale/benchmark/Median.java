package io.livesale.benchmark;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The middle of several rounds; of an even number of them the lower of the two in the middle.
 *
 * @param least of the rounds
 * @param most of the rounds
 */
record Median(double value, double least, double most) {
    static Median of(double... rounds) {
        if (rounds.length == 0) {
            throw new IllegalArgumentException("no rounds");
        }
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return new Median(sorted[(sorted.length - 1) / 2], sorted[0], sorted[sorted.length - 1]);
    }

    static <T> Median of(Collection<T> rounds, ToDoubleFunction<T> figure) {
        return of(rounds.stream().mapToDouble(figure).toArray());
    }

    /** How far the rounds lie apart, as a share of the median. */
    double spread() {
        return most == least ? 0 : (most - least) / value;
    }

    /** {@code 12,345 (12,000–13,000)}. */
    String text(int decimals) {
        return "%s (%s–%s)".formatted(number(value, decimals), number(least, decimals), number(most, decimals));
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
