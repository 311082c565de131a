package io.livesale.catalog;

/** How long after delivery the seller's money is released; payout-service knows the days. */
public enum SettlementProfile {
    EXPRESS,
    STANDARD,
    EXTENDED
}
