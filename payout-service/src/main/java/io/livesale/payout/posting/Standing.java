package io.livesale.payout.posting;

import io.livesale.payout.Account;
import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Platform;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Money;
import io.livesale.payout.Postings;
import io.livesale.payout.SaleParts;
import io.livesale.payout.SaleTerms;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a sold order stands.
 *
 * @param sellerId absent for a gift
 * @param left of the sale's gross and its parts, less what was refunded; as the ledger has it
 * @param released whether its money has been, and refunds take from what is available
 * @param release when it is due to be
 */
record Standing(
        UUID orderId,
        @Nullable String sellerId,
        String creatorId,
        SaleTerms terms,
        SaleParts left,
        boolean released,
        Release release) {

    /** Why this refund can never be posted, if so. */
    Optional<String> refusal(Refund refund) {
        Money gross = left.gross();
        if (!refund.amount().currency().equals(gross.currency())) {
            return Optional.of("the sale was in " + gross.currency());
        }
        return refund.amount().amount() > gross.amount()
                ? Optional.of("more than is left of the sale: " + gross.amount())
                : Optional.empty();
    }

    /** With so much less of its gross, split at the sale's rates. */
    Standing after(Refund refund) {
        return new Standing(
                orderId,
                sellerId,
                creatorId,
                terms,
                terms.split(left.gross().minus(refund.amount())),
                released,
                release);
    }

    /**
     * Takes from each part the difference between what is left before and after, so that rounding never adds up: all
     * refunds of a whole sale take back exactly what it posted. DOMAIN.md, "Money".
     */
    LedgerTransaction reversal(Refund refund) {
        SaleParts then = after(refund).left;
        Postings postings = new Postings().add(Platform.PSP_CLEARING, refund.amount());
        if (sellerId != null) {
            postings.add(account(sellerId), then.sellerNet().minus(left.sellerNet()));
        }
        postings.add(account(creatorId), then.commission().minus(left.commission()))
                .add(Platform.FEES, then.fee().minus(left.fee()));
        return LedgerTransaction.ofOrder(
                refund.cause(), LedgerTransaction.Kind.REFUND, orderId, refund.at(), postings.toList());
    }

    private Account account(String userId) {
        return new Party(userId, released ? Stage.AVAILABLE : Stage.PENDING);
    }
}
