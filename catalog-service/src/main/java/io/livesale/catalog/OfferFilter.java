package io.livesale.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which offers a list is to hold; whatever is absent does not matter.
 *
 * @param county the code of the product's
 * @param title part of it
 */
public record OfferFilter(
        Offer.@Nullable Status status,
        @Nullable String county,
        @Nullable String sellerId,
        @Nullable String creatorId,
        @Nullable String title) {}
