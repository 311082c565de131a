package io.livesale.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An offer as {@code offers.v1} tells it, in full each time: the components are the JSON fields of
 * {@code contracts/offer.opened.schema.json} and {@code offer.closed.schema.json}.
 *
 * @param productId absent for gifts, as are sellerId, county, allotment and settlementProfile
 * @param countyDesignated as it stood when the offer opened, as are creatorCounty and creatorCountyDesignated
 * @param version 1 when it opened, 2 when it closed
 */
public record OfferSnapshot(
        UUID offerId,
        UUID sessionId,
        String creatorId,
        Offer.Kind kind,
        @Nullable UUID productId,
        @Nullable String sellerId,
        String title,
        @Nullable String county,
        @Nullable Boolean countyDesignated,
        @Nullable String creatorCounty,
        @Nullable Boolean creatorCountyDesignated,
        Money price,
        @Nullable Integer allotment,
        @Nullable Integer perBuyerLimit,
        int commissionBasisPoints,
        @Nullable SettlementProfile settlementProfile,
        Offer.Status status,
        Instant openedAt,
        @Nullable Instant closesAt,
        @Nullable Instant closedAt,
        int version) {
    public static final String OPENED = "offer.opened";
    public static final String CLOSED = "offer.closed";

    /** The state of an offer that is or was open; nobody is told of the others. */
    public static OfferSnapshot of(Offer offer) {
        Instant openedAt = offer.openedAt();
        if (openedAt == null) {
            throw new IllegalStateException("an offer that never opened is not told");
        }
        return new OfferSnapshot(
                offer.id(),
                offer.sessionId(),
                offer.creatorId(),
                offer.kind(),
                offer.productId(),
                offer.sellerId(),
                offer.title(),
                offer.county(),
                offer.origin().countyDesignated(),
                offer.origin().creatorCounty(),
                offer.origin().creatorCountyDesignated(),
                offer.price(),
                offer.allotment(),
                offer.perBuyerLimit(),
                offer.commissionBasisPoints(),
                offer.settlementProfile(),
                offer.status(),
                openedAt,
                offer.closesAt(),
                offer.closedAt(),
                offer.status() == Offer.Status.OPEN ? 1 : 2);
    }

    /** The CloudEvents type. */
    public String type() {
        return status == Offer.Status.OPEN ? OPENED : CLOSED;
    }

    /** The CloudEvents id: a repeat has the same. */
    public String eventId() {
        return offerId + "." + version;
    }

    /** When it happened. */
    public Instant at() {
        return closedAt == null ? openedAt : closedAt;
    }
}
