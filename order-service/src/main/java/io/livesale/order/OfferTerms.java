package io.livesale.order;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an offer promises, frozen when catalog opens it.
 *
 * @param productId absent for a gift, as are sellerId, county, allotment and settlementProfile
 * @param price of one unit, 1 to 10^12 minor units
 * @param allotment units handed over to be sold here, at least 1
 * @param perBuyerLimit units one buyer may hold over the offer's lifetime, unpaid ones included; absent: no limit
 * @param commissionBasisPoints the creator's share of the gross, 0 to 10,000
 * @param closesAt orders accepted at or after this time are too late
 */
public record OfferTerms(
        UUID offerId,
        UUID sessionId,
        String creatorId,
        Kind kind,
        @Nullable UUID productId,
        @Nullable String sellerId,
        @Nullable String county,
        Money price,
        @Nullable Integer allotment,
        @Nullable Integer perBuyerLimit,
        int commissionBasisPoints,
        @Nullable SettlementProfile settlementProfile,
        @Nullable Instant closesAt) {

    /** A product has stock and is shipped; a gift is neither. */
    public enum Kind {
        PRODUCT,
        GIFT
    }

    /** How long after delivery the seller's money is released; payout-service knows the days. */
    public enum SettlementProfile {
        EXPRESS,
        STANDARD,
        EXTENDED
    }

    /** Keeps every total far inside a long: a price times {@link OrderCommand.PlaceOrder#MAX_QUANTITY}. */
    private static final long MAX_PRICE = 1_000_000_000_000L;

    public OfferTerms {
        Objects.requireNonNull(offerId);
        Objects.requireNonNull(sessionId);
        Objects.requireNonNull(kind);
        Text.requireStorable(creatorId);
        Text.requireStorableIfPresent(sellerId);
        Text.requireStorableIfPresent(county);
        if (kind == Kind.PRODUCT && (productId == null || sellerId == null || allotment == null)) {
            throw new IllegalArgumentException("a product's offer names its product, seller and allotment");
        }
        if (allotment != null && allotment < 1) {
            throw new IllegalArgumentException("allotment below 1");
        }
        if (perBuyerLimit != null && perBuyerLimit < 1) {
            throw new IllegalArgumentException("limit per buyer below 1");
        }
        if (price.amount() < 1 || price.amount() > MAX_PRICE) {
            throw new IllegalArgumentException("price out of range");
        }
        if (commissionBasisPoints < 0 || commissionBasisPoints > 10_000) {
            throw new IllegalArgumentException("commission out of range");
        }
    }
}
