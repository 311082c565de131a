package io.livesale.catalog;

import java.util.regex.Pattern;

/** How a county's code is written: the administrative division code, {@code 610826}, or any short name of that form. */
public final class CountyCode {
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";
    public static final String MESSAGE = "must be 1 to 32 letters, digits, '.', '_' or '-'";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private CountyCode() {}

    /** The code as given, or {@link IllegalArgumentException}. */
    static String of(String text) {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException(MESSAGE);
        }
        return text;
    }
}
