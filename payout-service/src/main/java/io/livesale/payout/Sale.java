package io.livesale.payout;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Platform;
import io.livesale.payout.Account.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * A paid order as the ledger sees it: the order's facts, the fee it was charged, and how its gross is split. Made once
 * and never recomputed: later changes of rates or programmes do not touch it.
 *
 * @param cause id of the event that told of the payment
 */
public record Sale(String cause, OrderPaid order, AppliedFee fee, SaleParts parts) {
    public static Sale of(String cause, OrderPaid order, FeeSchedule schedule) {
        Rate commission = new Rate(order.commissionBasisPoints());
        return switch (order.kind()) {
            case PRODUCT -> {
                AppliedFee fee = schedule.appliedTo(order.county(), order.at());
                yield new Sale(cause, order, fee, SaleParts.ofProduct(order.total(), commission, fee));
            }
            case GIFT ->
                new Sale(
                        cause,
                        order,
                        AppliedFee.unreduced(commission.rest()),
                        SaleParts.ofGift(order.total(), commission));
        };
    }

    /** What the sale posts: the gross comes in through the payment provider and is owed to those it belongs to. */
    public LedgerTransaction transaction() {
        List<Posting> postings = new ArrayList<>(4);
        add(postings, Platform.PSP_CLEARING, parts.gross().negated());
        if (order.sellerId() != null) {
            add(postings, new Party(order.sellerId(), Stage.PENDING), parts.sellerNet());
        }
        add(postings, new Party(order.creatorId(), Stage.PENDING), parts.commission());
        add(postings, Platform.FEES, parts.fee());
        return new LedgerTransaction(cause, LedgerTransaction.Kind.SALE, order.orderId(), order.at(), postings);
    }

    private static void add(List<Posting> postings, Account account, Money money) {
        if (money.amount() != 0) {
            postings.add(new Posting(account, money));
        }
    }
}
