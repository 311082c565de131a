package io.livesale.payout.earnings;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180). Nothing needs quoting: there are only numbers, times, fixed words and ids, and none of them
 * begins like a spreadsheet's formula but for amounts below zero, which are numbers.
 */
final class Csv {
    private Csv() {}

    /** What is absent is empty. */
    static String line(@Nullable Object... values) {
        return Stream.of(values)
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining(",", "", "\r\n"));
    }
}
