package io.livesale.payout.paying;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says went wrong, as it can be stored, told and shown: one line of at most 300 characters, in which
 * of anything that looks like an account number the last four digits are left.
 */
final class ProviderReason {
    private static final int LONGEST = 300;
    /** Eight digits and more, in groups or not. */
    private static final Pattern NUMBER = Pattern.compile("\\d(?:[ -]?\\d){7,}");

    private ProviderReason() {}

    static String of(@Nullable String told) {
        String line = told == null
                ? ""
                : told.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]+", " ").strip();
        if (line.isEmpty()) {
            return "The provider gave no reason.";
        }
        String masked = NUMBER.matcher(line).replaceAll(number -> masked(number.group()));
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST);
    }

    private static String masked(String number) {
        String digits = number.replaceAll("\\D", "");
        return "****" + digits.substring(digits.length() - 4);
    }
}
