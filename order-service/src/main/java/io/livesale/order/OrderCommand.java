package io.livesale.order;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change an offer and its orders, in the one log that orders it. A command carries the time it was
 * accepted; whoever decides it asks no clock, so that a replay decides the same.
 */
public sealed interface OrderCommand {
    Instant FIRST_TIME = Instant.parse("2000-01-01T00:00:00Z");
    Instant END_OF_TIME = Instant.parse("2200-01-01T00:00:00Z");

    /** The offer it is about, which is its key in the log. */
    UUID offerId();

    /** When it was accepted. */
    Instant at();

    /** What it is about: an order, else the offer. */
    default UUID subject() {
        return offerId();
    }

    /**
     * A buyer wants units of an offer.
     *
     * @param quantity units, 1 to {@value #MAX_QUANTITY}
     * @param traceparent the trace it is placed in, as W3C Trace Context writes it; absent where there is none
     */
    record PlaceOrder(
            UUID orderId,
            UUID offerId,
            String buyerId,
            int quantity,
            Order.@Nullable ShipTo shipTo,
            @Nullable String traceparent,
            Instant at)
            implements OrderCommand {
        /** More than anyone carries home; keeps every total inside a long. */
        public static final int MAX_QUANTITY = 10_000;

        /** Of W3C Trace Context, level 1, section 3.2.2: version, trace, span and flags. */
        private static final int TRACEPARENT_LENGTH = 55;

        public PlaceOrder {
            Objects.requireNonNull(orderId);
            Objects.requireNonNull(offerId);
            Text.requireStorable(buyerId);
            if (quantity < 1 || quantity > MAX_QUANTITY) {
                throw new IllegalArgumentException("quantity out of range");
            }
            if (traceparent != null) {
                Text.requireStorable(traceparent);
                if (traceparent.length() != TRACEPARENT_LENGTH) {
                    throw new IllegalArgumentException("traceparent of another length");
                }
            }
            requireSensible(at);
        }

        @Override
        public UUID subject() {
            return orderId;
        }
    }

    /** Catalog opened an offer. */
    record OpenOffer(OfferTerms terms, Instant at) implements OrderCommand {
        public OpenOffer {
            Objects.requireNonNull(terms);
            requireSensible(at);
        }

        @Override
        public UUID offerId() {
            return terms.offerId();
        }
    }

    /** Catalog closed an offer. Carries the terms, for its opening may have been compacted away. */
    record CloseOffer(OfferTerms terms, Instant at) implements OrderCommand {
        public CloseOffer {
            Objects.requireNonNull(terms);
            requireSensible(at);
        }

        @Override
        public UUID offerId() {
            return terms.offerId();
        }
    }

    /** About an order that was placed before; without effect when the order is not in the state for it. */
    sealed interface OrderChange extends OrderCommand {
        UUID orderId();

        @Override
        default UUID subject() {
            return orderId();
        }
    }

    /** The payment provider captured an order's total. */
    record PayOrder(UUID orderId, UUID offerId, UUID paymentId, Instant at) implements OrderChange {
        public PayOrder {
            Objects.requireNonNull(paymentId);
            requireChange(orderId, offerId, at);
        }
    }

    /** Its buyer does not want it any more. */
    record CancelOrder(UUID orderId, UUID offerId, Instant at) implements OrderChange {
        public CancelOrder {
            requireChange(orderId, offerId, at);
        }
    }

    /** A clock went past the end of its payment window. */
    record ExpireOrder(UUID orderId, UUID offerId, Instant at) implements OrderChange {
        public ExpireOrder {
            requireChange(orderId, offerId, at);
        }
    }

    /** Its seller handed the goods to a carrier. */
    record ShipOrder(UUID orderId, UUID offerId, Order.Shipment shipment, Instant at) implements OrderChange {
        public ShipOrder {
            Objects.requireNonNull(shipment);
            requireChange(orderId, offerId, at);
        }
    }

    /** The goods arrived. */
    record DeliverOrder(UUID orderId, UUID offerId, Instant at) implements OrderChange {
        public DeliverOrder {
            requireChange(orderId, offerId, at);
        }
    }

    /** Its buyer has the goods and waives the rest of the after-sales window. */
    record ConfirmReceipt(UUID orderId, UUID offerId, Instant at) implements OrderChange {
        public ConfirmReceipt {
            requireChange(orderId, offerId, at);
        }
    }

    /** A clock went past the end of its after-sales window. */
    record CompleteOrder(UUID orderId, UUID offerId, Instant at) implements OrderChange {
        public CompleteOrder {
            requireChange(orderId, offerId, at);
        }
    }

    /**
     * Money is to be given back.
     *
     * @param refundId its own within the order: a repeat is no second refund
     * @param amount at least 1, in the order's currency
     * @param restock whether the units that the amount pays for go back on sale
     * @param by the user who asks for it; absent from commands of before this was kept
     */
    record RefundOrder(
            UUID orderId,
            UUID offerId,
            String refundId,
            Money amount,
            String reason,
            boolean restock,
            @Nullable String by,
            Instant at)
            implements OrderChange {
        public RefundOrder {
            Text.requireStorable(refundId);
            Text.requireStorable(reason);
            if (by != null) {
                Text.requireStorable(by);
            }
            if (amount.amount() < 1) {
                throw new IllegalArgumentException("amount below 1");
            }
            requireChange(orderId, offerId, at);
        }
    }

    private static void requireChange(UUID orderId, UUID offerId, Instant at) {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(offerId);
        requireSensible(at);
    }

    /** Times far from ours would overflow what is reckoned from them. */
    private static void requireSensible(Instant at) {
        if (at.isBefore(FIRST_TIME) || !at.isBefore(END_OF_TIME)) {
            throw new IllegalArgumentException("time out of range");
        }
    }
}
