package io.livesale.order;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order, as {@code orders.v1} tells it: the components are the JSON fields of
 * {@code contracts/<type>.schema.json}. Ids and facts only, nothing personal but user ids.
 */
public sealed interface OrderEvent {
    String TOPIC = "orders.v1";

    /** The CloudEvents type. */
    String type();

    UUID orderId();

    UUID offerId();

    Instant at();

    /** Units are held for the buyer until {@code payBy}. */
    record OrderReserved(
            UUID orderId,
            UUID offerId,
            UUID sessionId,
            @Nullable UUID productId,
            OfferTerms.Kind kind,
            String buyerId,
            int quantity,
            Money total,
            Instant payBy,
            Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.reserved";

        public OrderReserved {
            Objects.requireNonNull(orderId);
            Objects.requireNonNull(offerId);
            Objects.requireNonNull(buyerId);
            Objects.requireNonNull(total);
            Objects.requireNonNull(payBy);
            Objects.requireNonNull(at);
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The order gets nothing, and why. */
    record OrderRejected(
            UUID orderId,
            UUID offerId,
            String buyerId,
            int quantity,
            @Nullable Money total,
            Order.Rejection reason,
            Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.rejected";

        public OrderRejected {
            Objects.requireNonNull(orderId);
            Objects.requireNonNull(offerId);
            Objects.requireNonNull(buyerId);
            Objects.requireNonNull(reason);
            Objects.requireNonNull(at);
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The total is captured. Carries all that the ledger needs to split it. */
    record OrderPaid(
            UUID orderId,
            UUID offerId,
            UUID sessionId,
            @Nullable UUID productId,
            OfferTerms.Kind kind,
            String buyerId,
            int quantity,
            Money total,
            UUID paymentId,
            @Nullable String sellerId,
            String creatorId,
            @Nullable String county,
            int commissionBasisPoints,
            OfferTerms.@Nullable SettlementProfile settlementProfile,
            Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.paid";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Its buyer gave it up; the units go back on sale. An {@code order.refunded} follows when it was paid. */
    record OrderCancelled(UUID orderId, UUID offerId, String buyerId, int quantity, Money total, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.cancelled";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Not paid in time; the units go back on sale. */
    record OrderExpired(UUID orderId, UUID offerId, String buyerId, int quantity, Money total, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.expired";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A payment of an order that holds no units (any more) is given back, once. */
    record PaymentReturned(
            UUID orderId, UUID offerId, String buyerId, UUID paymentId, String refundId, Money amount, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.payment-returned";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** On its way. */
    record OrderShipped(UUID orderId, UUID offerId, String buyerId, String carrier, String trackingNumber, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.shipped";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Arrived; the after-sales window lasts until {@code completeAt}. */
    record OrderDelivered(UUID orderId, UUID offerId, String buyerId, Instant completeAt, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.delivered";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The after-sales window is over, or the buyer confirmed the receipt, or it was a gift. */
    record OrderCompleted(UUID orderId, UUID offerId, String buyerId, Instant at) implements OrderEvent {
        public static final String TYPE = "order.completed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Money is given back.
     *
     * @param amount of this refund
     * @param left what of the total is still with us after it; zero: refunded in full
     * @param restockedUnits put back on sale by it
     * @param by the user who asked for it; absent of what was asked for before this was kept
     */
    record OrderRefunded(
            UUID orderId,
            UUID offerId,
            String buyerId,
            UUID paymentId,
            String refundId,
            Money amount,
            Money left,
            int restockedUnits,
            String reason,
            @Nullable String by,
            Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.refunded";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** More was to be given back than was left, or the order was not paid: nothing moves. */
    record RefundRefused(UUID orderId, UUID offerId, String buyerId, String refundId, Money amount, Instant at)
            implements OrderEvent {
        public static final String TYPE = "order.refund-refused";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
