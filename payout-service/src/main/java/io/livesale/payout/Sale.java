package io.livesale.payout;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Platform;
import io.livesale.payout.Account.Stage;
import java.util.List;

/**
 * A paid order as the ledger sees it: the order's facts, the rates it was made at, and how its gross is split. Made
 * once and never recomputed: later changes of rates or programmes do not touch it.
 *
 * @param cause id of the event that told of the payment
 */
public record Sale(String cause, OrderPaid order, SaleTerms terms, SaleParts parts) {
    public static Sale of(String cause, OrderPaid order, FeeSchedule schedule) {
        SaleTerms terms = SaleTerms.of(order, schedule);
        return new Sale(cause, order, terms, terms.split(order.total()));
    }

    /** What the sale posts: the gross comes in through the payment provider and is owed to those it belongs to. */
    public LedgerTransaction transaction() {
        Postings postings =
                new Postings().add(Platform.PSP_CLEARING, parts.gross().negated());
        if (order.sellerId() != null) {
            postings.add(new Party(order.sellerId(), Stage.PENDING), parts.sellerNet());
        }
        List<Posting> all = postings.add(new Party(order.creatorId(), Stage.PENDING), parts.commission())
                .add(Platform.FEES, parts.fee())
                .toList();
        return LedgerTransaction.ofOrder(cause, LedgerTransaction.Kind.SALE, order.orderId(), order.at(), all);
    }
}
