package io.livesale.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our views of order-service's events: the facts the money depends on. What cannot be such an event throws
 * {@link IllegalArgumentException}.
 */
public sealed interface OrderEvent permits OrderPaid, OrderEvent.Refunded, OrderEvent.Delivered, OrderEvent.Completed {
    UUID orderId();

    /** When it happened. */
    Instant at();

    /**
     * {@code order.refunded}: money is given back, in part or in full.
     *
     * @param refundId names the refund within its order
     * @param amount of this refund, more than zero
     * @param by user id of whoever asked for it, where the event tells
     */
    record Refunded(
            UUID orderId,
            String refundId,
            Money amount,
            @Nullable String by,
            Instant at) implements OrderEvent {
        public Refunded {
            requireFacts(orderId, at);
            require(refundId != null && !refundId.isEmpty(), "refundId is missing");
            require(amount != null, "amount is missing");
            require(amount.amount() > 0, "amount is not positive");
        }
    }

    /** {@code order.delivered}: the goods arrived. */
    record Delivered(UUID orderId, Instant at) implements OrderEvent {
        public Delivered {
            requireFacts(orderId, at);
        }
    }

    /** {@code order.completed}: the after-sales window is over, or it was a gift and is paid. */
    record Completed(UUID orderId, Instant at) implements OrderEvent {
        public Completed {
            requireFacts(orderId, at);
        }
    }

    private static void requireFacts(UUID orderId, Instant at) {
        require(orderId != null, "orderId is missing");
        require(at != null, "at is missing");
        require(Rfc3339.canWrite(at), "at is out of range");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
