package io.livesale.catalog.sales;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our view of {@code offer.sales-changed} and {@code offer.settled}: absolute figures of one offer, in units. Fields we
 * do not need are ignored.
 *
 * @param remaining units still to be had; absent for gifts
 * @param unsold units that belong to the product again; only once settled
 * @param version greater is newer, from 1
 */
record SalesReport(
        UUID offerId,
        @Nullable Long remaining,
        long reserved,
        long sold,
        @Nullable Long unsold,
        long version) {
    static final String CHANGED = "offer.sales-changed";
    static final String SETTLED = "offer.settled";

    SalesReport {
        if (offerId == null) {
            throw new IllegalArgumentException("offerId is missing");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version is below 1");
        }
        if (reserved < 0 || sold < 0 || isNegative(remaining) || isNegative(unsold)) {
            throw new IllegalArgumentException("a figure is below 0");
        }
    }

    private static boolean isNegative(@Nullable Long units) {
        return units != null && units < 0;
    }
}
