package io.livesale.payout;

import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: at most {@code limit} items after the position the cursor names.
 *
 * @param after the position; absent for the first page
 */
public record PageRequest<P>(int limit, @Nullable P after) {
    public static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    /** Reads {@code ?limit=&cursor=} as they came. Throws {@link InvalidField}. */
    public static <P> PageRequest<P> parse(
            @Nullable String limit, @Nullable String cursor, Function<String, P> position) {
        return new PageRequest<>(limit(limit), read("cursor", cursor, position));
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
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidField(field, "cannot be read");
        }
    }
}
