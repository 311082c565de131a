package io.livesale.payout;

/**
 * The rates a sale was made at, frozen with it: they split its gross, and after refunds whatever is left of it.
 *
 * @param commission the creator's share
 */
public record SaleTerms(SaleKind kind, Rate commission, AppliedFee fee) {
    static SaleTerms of(OrderPaid order, FeeSchedule schedule) {
        Rate commission = new Rate(order.commissionBasisPoints());
        AppliedFee fee = switch (order.kind()) {
            case PRODUCT -> schedule.appliedTo(order.county(), order.at());
            case GIFT -> AppliedFee.unreduced(commission.rest());
        };
        return new SaleTerms(order.kind(), commission, fee);
    }

    /** @throws IllegalArgumentException for a negative gross */
    public SaleParts split(Money gross) {
        return switch (kind) {
            case PRODUCT -> SaleParts.ofProduct(gross, commission, fee);
            case GIFT -> SaleParts.ofGift(gross, commission);
        };
    }
}
