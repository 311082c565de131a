package io.livesale.catalog.sales;

import io.livesale.catalog.Takings;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our view of {@code offer.sales-changed} and {@code offer.settled}: absolute figures of one offer, in units, orders and
 * minor units. Fields we do not need are ignored.
 *
 * @param remaining units still to be had; absent for gifts
 * @param unsold units that belong to the product again; only once settled
 * @param version greater is newer, from 1
 * @param orders absent, like gross and commission, in what was told before they were counted
 */
record SalesReport(
        UUID offerId,
        @Nullable Long remaining,
        long reserved,
        long sold,
        @Nullable Long unsold,
        long version,
        @Nullable Long orders,
        @Nullable Long gross,
        @Nullable Long commission) {
    static final String CHANGED = "offer.sales-changed";
    static final String SETTLED = "offer.settled";

    SalesReport {
        if (offerId == null) {
            throw new IllegalArgumentException("offerId is missing");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version is below 1");
        }
        if (reserved < 0
                || sold < 0
                || Stream.of(remaining, unsold, orders, gross, commission).anyMatch(SalesReport::isNegative)) {
            throw new IllegalArgumentException("a figure is below 0");
        }
    }

    private static boolean isNegative(@Nullable Long figure) {
        return figure != null && figure < 0;
    }

    /** Empty when they are not told. */
    Optional<Takings> takings() {
        return orders == null || gross == null || commission == null
                ? Optional.empty()
                : Optional.of(new Takings(orders, gross, commission));
    }
}
