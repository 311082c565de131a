package io.livesale.payout;

/** How long after delivery a sale is released to its seller and creator. */
public enum SettlementProfile {
    EXPRESS,
    STANDARD,
    EXTENDED
}
