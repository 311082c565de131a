package io.livesale.payout;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor asks for the page after this one; absent on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes the page that was asked for.
     *
     * @param rows found by {@code asked}: up to {@link PageRequest#rowsToFetch()}
     * @param position of a row in the list's order, whose text becomes the cursor
     */
    public static <R, T> Page<T> of(
            PageRequest<?> asked, List<R> rows, Function<R, Object> position, Function<R, T> view) {
        boolean more = rows.size() > asked.limit();
        List<R> shown = more ? rows.subList(0, asked.limit()) : rows;
        String next = more ? position.apply(shown.get(shown.size() - 1)).toString() : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
