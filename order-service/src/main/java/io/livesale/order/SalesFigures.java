package io.livesale.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer's figures as {@code offer-sales.v1} tells them, absolute and versioned, so that repeats and reordering do no
 * harm: {@code offer.sales-changed} while it is open, {@code offer.settled} once the closing has been decided and
 * whenever they change later.
 *
 * @param unsold units to give back to the product; only once settled
 * @param orders decided so far, rejected ones included; absent, like gross and commission, in what was told before they
 *     were counted
 * @param gross minor units of the offer's currency, paid and not given back
 * @param commission the creator's share of it
 */
public record SalesFigures(
        UUID offerId,
        Offer.Status status,
        @Nullable Integer allotment,
        @Nullable Long remaining,
        long reserved,
        long sold,
        @Nullable Long unsold,
        @Nullable Long orders,
        @Nullable Long gross,
        @Nullable Long commission,
        long version,
        Instant at) {
    public static final String TOPIC = "offer-sales.v1";
    public static final String CHANGED = "offer.sales-changed";
    public static final String SETTLED = "offer.settled";

    public SalesFigures {
        Objects.requireNonNull(offerId);
        Objects.requireNonNull(status);
        Objects.requireNonNull(at);
    }

    /** @param at when the last command was accepted that changed them */
    public static SalesFigures of(Offer offer, Instant at) {
        Long remaining = offer.remaining();
        Takings takings = offer.takings();
        boolean settled = offer.status() == Offer.Status.CLOSED;
        return new SalesFigures(
                offer.id(),
                offer.status(),
                offer.terms().allotment(),
                remaining,
                offer.reserved(),
                offer.sold(),
                settled ? (remaining == null ? Long.valueOf(0) : remaining) : null,
                takings.orders(),
                takings.gross(),
                takings.commission(),
                offer.version(),
                at);
    }

    /** The {@code ce_id} of an offer's newest figures. */
    public static String eventId(Offer offer) {
        return offer.id() + "." + offer.version();
    }

    /** Whether orders are taken. */
    @JsonIgnore
    public boolean isOpen() {
        return status == Offer.Status.OPEN;
    }

    /** Whether nothing is left to be had now. */
    @JsonIgnore
    public boolean isSoldOut() {
        return remaining != null && remaining == 0;
    }

    /** Whether an order may succeed now. */
    @JsonIgnore
    public boolean isOnSale() {
        return isOpen() && !isSoldOut();
    }

    /** The CloudEvents type. */
    public String type() {
        return unsold == null ? CHANGED : SETTLED;
    }
}
