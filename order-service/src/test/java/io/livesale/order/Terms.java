package io.livesale.order;

import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Offers for tests: mushroom paste at 19.90 yuan, and variations of it. */
public final class Terms {
    public static final Currency CNY = Currency.getInstance("CNY");

    private Terms() {}

    public static OfferTerms of(int allotment, @Nullable Integer perBuyerLimit) {
        return of(allotment, perBuyerLimit, null);
    }

    public static OfferTerms of(int allotment, @Nullable Integer perBuyerLimit, @Nullable Instant closesAt) {
        return new OfferTerms(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "xiaomei",
                OfferTerms.Kind.PRODUCT,
                UUID.randomUUID(),
                "zhashui-coop",
                "611026",
                new Money(1990, CNY),
                allotment,
                perBuyerLimit,
                2000,
                OfferTerms.SettlementProfile.STANDARD,
                closesAt);
    }

    public static OfferTerms gift() {
        return gift(new Money(100, CNY), 5000);
    }

    public static OfferTerms gift(Money price, int commissionBasisPoints) {
        return new OfferTerms(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "xiaomei",
                OfferTerms.Kind.GIFT,
                null,
                null,
                null,
                price,
                null,
                null,
                commissionBasisPoints,
                null,
                null);
    }
}
