package io.livesale.order.tracking;

import io.livesale.order.InvalidField;
import io.livesale.order.Order;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which orders of a list are asked for: at most {@code limit} after a position in it.
 *
 * @param statuses one of which an order must have
 */
record PageRequest(int limit, Position after, Set<Order.Status> statuses) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    /** Orders that are still in the log are in no list. */
    private static final Set<Order.Status> DECIDED = EnumSet.complementOf(EnumSet.of(Order.Status.RECEIVED));

    /** Reads {@code ?status=&limit=&cursor=} as they came. Throws {@link InvalidField}. */
    static PageRequest parse(@Nullable String status, @Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                read("limit", limit, "must be between 1 and " + MAX_LIMIT, PageRequest::limit)
                        .orElse(DEFAULT_LIMIT),
                read("cursor", cursor, "must be the nextCursor of the page before", Position::decode)
                        .orElse(Position.TOP),
                read("status", status, "must be one of " + DECIDED, PageRequest::decided)
                        .orElse(DECIDED));
    }

    /** Reads an {@code ?offerId=} as it came. Throws {@link InvalidField}. */
    static Optional<UUID> offerId(@Nullable String text) {
        return read("offerId", text, "must be an offer's id", UUID::fromString);
    }

    /** One more than shown, to know whether there is a next page. */
    int rowsToFetch() {
        return limit + 1;
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit out of range");
        }
        return limit;
    }

    private static Set<Order.Status> decided(String text) {
        Order.Status status = Order.Status.valueOf(text);
        if (!DECIDED.contains(status)) {
            throw new IllegalArgumentException("status of no decided order");
        }
        return Set.of(status);
    }

    private static <T> Optional<T> read(
            String field, @Nullable String text, String message, Function<String, T> parser) {
        try {
            return Optional.ofNullable(text).map(parser);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, message);
        }
    }
}
