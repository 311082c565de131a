package io.livesale.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an order, as {@code orders.v1} tells it: the components are the JSON fields of
 * {@code contracts/<type>.schema.json}. Ids and facts only, nothing personal but the buyer's id.
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
}
