package io.livesale.payout;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor asks for the next page; absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Makes a page of rows read with {@link PageRequest#limitPlusOne()}; the row too many only tells that more follow. */
    public static <R, T> Page<T> of(
            List<R> rows, PageRequest request, Function<R, T> item, Function<R, String> position) {
        boolean more = rows.size() > request.limit();
        List<R> shown = more ? rows.subList(0, request.limit()) : rows;
        String next = more ? PageRequest.cursor(position.apply(shown.get(shown.size() - 1))) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
