package io.livesale.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer as everyone may see it.
 *
 * @param remaining units to be had, as last told; 0 once closed; absent for gifts, which never run out
 * @param soldOut whether every unit is taken; an offer that closed with units left over did not sell out
 * @param pinned whether the stream page shows it large
 */
public record OfferView(
        UUID offerId,
        UUID sessionId,
        String creatorId,
        Offer.Kind kind,
        @Nullable UUID productId,
        @Nullable String sellerId,
        String title,
        @Nullable String imageUrl,
        @Nullable String county,
        Money price,
        @Nullable Money listPrice,
        @Nullable Integer allotment,
        @Nullable Integer perBuyerLimit,
        @Nullable Instant closesAt,
        int commissionBasisPoints,
        Offer.Status status,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Long remaining,
        boolean soldOut,
        boolean pinned) {
    public static OfferView of(Offer offer, Session session) {
        return new OfferView(
                offer.id(),
                offer.sessionId(),
                offer.creatorId(),
                offer.kind(),
                offer.productId(),
                offer.sellerId(),
                offer.title(),
                offer.imageUrl(),
                offer.county(),
                offer.price(),
                offer.listPrice().orElse(null),
                offer.allotment(),
                offer.perBuyerLimit(),
                offer.closesAt(),
                offer.commissionBasisPoints(),
                offer.status(),
                offer.openedAt(),
                offer.closedAt(),
                offer.remaining().orElse(null),
                offer.soldOut(),
                offer.id().equals(session.pinnedOfferId()));
    }
}
