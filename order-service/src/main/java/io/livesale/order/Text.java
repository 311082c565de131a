package io.livesale.order;

import org.jspecify.annotations.Nullable;

/** What PostgreSQL can store as text: anything but the NUL character. */
final class Text {
    private Text() {}

    static void requireStorable(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text is empty or holds a NUL");
        }
    }

    static void requireStorableIfPresent(@Nullable String text) {
        if (text != null) {
            requireStorable(text);
        }
    }
}
