package io.livesale.order;

import org.jspecify.annotations.Nullable;

/** Ids, addresses and other words: there, and without the NUL character, which PostgreSQL cannot store. */
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
