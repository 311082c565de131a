package io.livesale.payout.paying;

import org.jspecify.annotations.Nullable;

/** What the provider says went wrong, as it can be stored and shown: one line of at most 300 characters. */
final class ProviderReason {
    private static final int LONGEST = 300;

    private ProviderReason() {}

    static String of(@Nullable String told) {
        String line =
                told == null ? "" : told.replaceAll("[\\p{Cc}\\p{Cs}]+", " ").strip();
        if (line.isEmpty()) {
            return "The provider gave no reason.";
        }
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
