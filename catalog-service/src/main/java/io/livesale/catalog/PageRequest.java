package io.livesale.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: at most {@code limit} items after the one whose id is the cursor.
 *
 * @param after the cursor; absent for the first page
 */
public record PageRequest<I>(int limit, @Nullable I after) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** Reads {@code ?limit=&cursor=} of a list ordered by a UUID. Throws {@link InvalidField}. */
    public static PageRequest<UUID> byUuid(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest<>(limit(limit), read("cursor", cursor, UUID::fromString));
    }

    /** Reads {@code ?limit=&cursor=} of a list ordered by a short code. Throws {@link InvalidField}. */
    public static PageRequest<String> byCode(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest<>(limit(limit), read("cursor", cursor, CountyCode::of));
    }

    /** Reads {@code ?limit=&cursor=} of a list ordered by a number from 1. Throws {@link InvalidField}. */
    public static PageRequest<Long> byNumber(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest<>(limit(limit), read("cursor", cursor, PageRequest::positive));
    }

    private static Long positive(String text) {
        long number = Long.parseLong(text);
        if (number < 1) {
            throw new IllegalArgumentException("not above zero");
        }
        return number;
    }

    /** The same page with no more than {@code most} items. */
    public PageRequest<I> atMost(int most) {
        return new PageRequest<>(Math.min(limit, most), after);
    }

    /** One more than shown, to know whether there is a next page. */
    public int rowsToFetch() {
        return limit + 1;
    }

    private static int limit(@Nullable String text) {
        Integer limit = read("limit", text, Integer::valueOf);
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidField("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return limit;
    }

    private static <T> @Nullable T read(String field, @Nullable String text, Function<String, T> parser) {
        try {
            return Optional.ofNullable(text).map(parser).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, "cannot be read");
        }
    }
}
