package io.livesale.payout.impact;

import io.livesale.payout.Money;
import io.livesale.payout.Rfc3339;
import io.livesale.payout.SaleKind;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our view of catalog's {@code offer.opened} and {@code offer.closed}: what reports need and what no longer changes once
 * an offer has opened. Anything that cannot be an offer throws {@link IllegalArgumentException}.
 *
 * @param countyDesignated absent for a gift, and in what was told before designations were
 * @param creatorCounty absent when the creator named none
 */
record OfferFacts(
        UUID offerId,
        UUID sessionId,
        String creatorId,
        SaleKind kind,
        Money price,
        @Nullable Boolean countyDesignated,
        @Nullable String creatorCounty,
        @Nullable Boolean creatorCountyDesignated,
        Instant openedAt) {
    static final Set<String> TYPES = Set.of("offer.opened", "offer.closed");

    OfferFacts {
        require(offerId != null, "offerId is missing");
        require(sessionId != null, "sessionId is missing");
        require(kind != null, "kind is missing");
        require(price != null, "price is missing");
        require(creatorId != null && !creatorId.isEmpty(), "creatorId is missing");
        require(isStorable(creatorId), "creatorId holds what is no text");
        require(creatorCounty == null || isStorable(creatorCounty), "creatorCounty holds what is no text");
        require(openedAt != null && Rfc3339.canWrite(openedAt), "openedAt is missing or out of range");
    }

    /** The one character that PostgreSQL refuses. */
    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
