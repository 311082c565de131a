package io.livesale.payout;

/** What was sold: a product of a seller, or a gift to the creator. */
public enum SaleKind {
    PRODUCT,
    GIFT
}
