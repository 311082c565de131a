package io.livesale.order;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.order.OrderCommand.PlaceOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a buyer holds in hand while an order is still in the log: where it stands there, what was ordered, and the
 * idempotency key that, with the buyer's id, makes the order's id. So only that buyer can use it, without a secret, and
 * whoever forges the rest misleads only themselves.
 */
public record Receipt(LogPosition position, UUID offerId, int quantity, Instant at, String idempotencyKey) {
    private static final UUID NAMESPACE = UUID.fromString("0d3f5a52-8a41-4c3e-9a63-6c1c1a7d9d0e");
    private static final int PARTS = 6;

    /** The order id for a buyer's key: UUIDv5 (RFC 9562), so that a repeated request is the same order. */
    public static UUID orderId(String buyerId, String idempotencyKey) {
        return UuidCreator.getNameBasedSha1(NAMESPACE, idempotencyKey + '\n' + buyerId);
    }

    public static Receipt of(PlaceOrder place, LogPosition position, String idempotencyKey) {
        return new Receipt(position, place.offerId(), place.quantity(), place.at(), idempotencyKey);
    }

    public boolean isFor(UUID orderId, String buyerId) {
        return orderId(buyerId, idempotencyKey).equals(orderId);
    }

    /** As it stands in a URL. */
    public String encode() {
        String text = position.partition() + "/" + position.offset() + "/" + offerId + "/" + quantity + "/" + at + "/"
                + idempotencyKey;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the text is no receipt. */
    public static Optional<Receipt> decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", PARTS);
            return Optional.of(new Receipt(
                    new LogPosition(Integer.parseInt(parts[0]), Long.parseLong(parts[1])),
                    UUID.fromString(parts[2]),
                    Integer.parseInt(parts[3]),
                    Instant.parse(parts[4]),
                    parts[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
