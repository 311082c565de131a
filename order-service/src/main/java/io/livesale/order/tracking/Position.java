package io.livesale.order.tracking;

import io.livesale.order.OrderCommand;
import io.livesale.order.OrderView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where an order stands in a list from the newest to the oldest; orders of the same time go by their ids. */
record Position(Instant acceptedAt, UUID orderId) {
    /** Before every order. */
    static final Position TOP = new Position(OrderCommand.END_OF_TIME, new UUID(-1, -1));

    Position {
        if (acceptedAt.isBefore(OrderCommand.FIRST_TIME) || acceptedAt.isAfter(OrderCommand.END_OF_TIME)) {
            throw new IllegalArgumentException("no time of an order");
        }
    }

    static Position of(OrderView order) {
        return new Position(order.timeline().get(0).at(), order.orderId());
    }

    /** As it stands in a URL, not to be read by others. */
    String encode() {
        String text = acceptedAt + "/" + orderId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Throws {@link IllegalArgumentException} when the text is no position. */
    static Position decode(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", 2);
        try {
            return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
