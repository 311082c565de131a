package io.livesale.catalog.streaming;

import io.livesale.catalog.OfferTerms;
import java.util.UUID;

/** What a creator wants to offer. */
sealed interface NewOffer {
    OfferTerms terms();

    /** @param allotment units taken from the product's available ones, at least 1 */
    record OfProduct(UUID productId, int allotment, OfferTerms terms) implements NewOffer {}

    record OfGift(String title, OfferTerms terms) implements NewOffer {}
}
