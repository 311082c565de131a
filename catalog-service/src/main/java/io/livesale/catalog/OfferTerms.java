package io.livesale.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a creator decides about an offer, whatever is sold.
 *
 * @param price of one unit
 * @param perBuyerLimit units one buyer may hold over the offer's lifetime, at least 1; absent: no limit
 * @param closesAt when it closes by itself; absent: with its session
 */
public record OfferTerms(
        Money price,
        @Nullable Integer perBuyerLimit,
        @Nullable Instant closesAt) {
    public OfferTerms {
        if (price.amount() < 1) {
            throw new IllegalArgumentException("price below 1");
        }
        if (perBuyerLimit != null && perBuyerLimit < 1) {
            throw new IllegalArgumentException("limit per buyer below 1");
        }
    }
}
