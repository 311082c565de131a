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
     */
    record PlaceOrder(
            UUID orderId, UUID offerId, String buyerId, int quantity, Order.@Nullable ShipTo shipTo, Instant at)
            implements OrderCommand {
        /** More than anyone carries home; keeps every total inside a long. */
        public static final int MAX_QUANTITY = 10_000;

        public PlaceOrder {
            Objects.requireNonNull(orderId);
            Objects.requireNonNull(offerId);
            Text.requireStorable(buyerId);
            if (quantity < 1 || quantity > MAX_QUANTITY) {
                throw new IllegalArgumentException("quantity out of range");
            }
            requireSensible(at);
        }

        @Override
        public UUID subject() {
            return orderId;
        }
    }

    /** The payment provider captured an order's total. */
    record PayOrder(UUID orderId, UUID offerId, UUID paymentId, Instant at) implements OrderCommand {
        public PayOrder {
            Objects.requireNonNull(orderId);
            Objects.requireNonNull(offerId);
            Objects.requireNonNull(paymentId);
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

    /** Times far from ours would overflow what is reckoned from them. */
    private static void requireSensible(Instant at) {
        if (at.isBefore(FIRST_TIME) || !at.isBefore(END_OF_TIME)) {
            throw new IllegalArgumentException("time out of range");
        }
    }
}
