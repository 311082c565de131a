package io.livesale.payout.impact;

import io.livesale.payout.Rfc3339;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our view of order-service's {@code offer.sales-changed} and {@code offer.settled}. Anything that cannot be an offer's
 * figures throws {@link IllegalArgumentException}.
 *
 * @param remaining units still to be had; absent for a gift, which never sells out
 * @param orders decided so far, rejected ones included; absent in what was told before they were counted
 * @param at when the figures came to be so
 */
record OfferFigures(
        UUID offerId, @Nullable Long remaining, @Nullable Long orders, Instant at) {
    static final Set<String> TYPES = Set.of("offer.sales-changed", "offer.settled");

    OfferFigures {
        require(offerId != null, "offerId is missing");
        require(at != null && Rfc3339.canWrite(at), "at is missing or out of range");
        require(remaining == null || remaining >= 0, "remaining is negative");
        require(orders == null || orders >= 0, "orders is negative");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
