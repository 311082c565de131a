package io.livesale.payout;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller asks of a list: how many items, after which position. */
public record PageRequest(int limit, Optional<String> position) {
    public static final int MOST = 200;
    private static final int DEFAULT = 50;

    /**
     * Reads the query parameters as they came.
     *
     * @throws InvalidField for a limit outside 1..200 or a cursor we never gave
     */
    public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit(limit), Optional.ofNullable(cursor).map(PageRequest::position));
    }

    /** One row more than shown, to know whether another page follows. */
    public int limitPlusOne() {
        return limit + 1;
    }

    static String cursor(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    public static InvalidField unknownCursor() {
        return new InvalidField("cursor", "is not one of ours; start again without it");
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered like any other limit that is out of range.
        }
        throw new InvalidField("limit", "must be a number from 1 to " + MOST);
    }

    private static String position(String cursor) {
        try {
            String position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (position.chars().noneMatch(Character::isISOControl)) {
                return position;
            }
        } catch (IllegalArgumentException e) {
            // Answered like any other cursor that is not ours.
        }
        throw unknownCursor();
    }
}
