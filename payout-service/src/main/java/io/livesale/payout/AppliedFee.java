package io.livesale.payout;

import org.jspecify.annotations.Nullable;

/**
 * The fee rate a sale is charged, beside the standard rate it is measured against. Frozen on the sale.
 *
 * @param programmeId the fee programme that lowered the rate, absent when none did
 */
public record AppliedFee(Rate rate, Rate standard, @Nullable String programmeId) {
    public AppliedFee {
        if (rate.basisPoints() > standard.basisPoints()) {
            throw new IllegalArgumentException("a fee programme only ever lowers the fee");
        }
    }

    static AppliedFee unreduced(Rate standard) {
        return new AppliedFee(standard, standard, null);
    }
}
