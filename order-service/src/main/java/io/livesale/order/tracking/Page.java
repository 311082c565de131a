package io.livesale.order.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livesale.order.OrderView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of orders, newest first.
 *
 * @param nextCursor asks for the page after this one; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Page(List<OrderView> items, @Nullable String nextCursor) {
    /** @param found in the list's order, one more than the page shows if there is a next one */
    static Page of(PageRequest asked, List<OrderView> found) {
        if (found.size() <= asked.limit()) {
            return new Page(found, null);
        }
        List<OrderView> items = found.subList(0, asked.limit());
        return new Page(items, Position.of(items.get(items.size() - 1)).encode());
    }
}
