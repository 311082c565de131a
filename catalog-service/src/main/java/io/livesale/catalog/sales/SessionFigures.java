package io.livesale.catalog.sales;

import io.livesale.catalog.Money;
import io.livesale.catalog.Offer;
import io.livesale.catalog.Takings;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a session sells, as its creator may see it.
 *
 * @param offers in the order they were made
 */
record SessionFigures(UUID sessionId, List<OfferFigures> offers) {
    /**
     * One offer's figures, as order-service last told.
     *
     * @param orders decided so far, rejected ones included; absent, like gross and commission, when order-service did
     *     not count them yet
     * @param remaining units to be had; 0 once closed; absent for gifts, as is the allotment
     * @param gross paid and not given back
     * @param commission the creator's share of the gross
     */
    record OfferFigures(
            UUID offerId,
            @Nullable Long orders,
            @Nullable Integer allotment,
            @Nullable Long remaining,
            long reserved,
            long sold,
            @Nullable Money gross,
            @Nullable Money commission) {
        static OfferFigures of(Offer offer) {
            return new OfferFigures(
                    offer.id(),
                    offer.takings().map(Takings::orders).orElse(null),
                    offer.allotment(),
                    offer.remaining().orElse(null),
                    offer.sales().reserved(),
                    offer.sales().sold(),
                    money(offer, Takings::gross),
                    money(offer, Takings::commission));
        }

        private static @Nullable Money money(Offer offer, ToLongFunction<Takings> amount) {
            return offer.takings()
                    .map(told ->
                            new Money(amount.applyAsLong(told), offer.price().currency()))
                    .orElse(null);
        }
    }

    static SessionFigures of(UUID sessionId, List<Offer> offers) {
        return new SessionFigures(
                sessionId, offers.stream().map(OfferFigures::of).toList());
    }
}
