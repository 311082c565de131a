package io.livesale.payout;

import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Postings that belong together and sum to zero in each currency.
 *
 * @param cause names what caused it, an event's id for one; a cause has at most one transaction, so a repeat changes
 *     nothing
 * @param orderId the order whose money moves; absent where a payout's does
 * @param payoutId the payout whose money moves; absent where an order's does
 */
public record LedgerTransaction(
        String cause,
        Kind kind,
        @Nullable UUID orderId,
        @Nullable UUID payoutId,
        Instant occurredAt,
        List<Posting> postings) {
    /** What happened to the money: DOMAIN.md, "Ledger". */
    public enum Kind {
        SALE,
        REFUND,
        RELEASE,
        RESERVE_FREED,
        PAYOUT,
        PAYOUT_PAID,
        PAYOUT_RETURNED,
        /** It ended otherwise than was known. */
        PAYOUT_CORRECTED
    }

    public LedgerTransaction {
        if ((orderId == null) == (payoutId == null)) {
            throw new IllegalArgumentException("a transaction belongs to an order or to a payout");
        }
        postings = List.copyOf(postings);
        Map<Currency, Long> sums = new HashMap<>();
        postings.forEach(posting ->
                sums.merge(posting.money().currency(), posting.money().amount(), Math::addExact));
        if (sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new IllegalArgumentException("the postings of a transaction sum to zero, not " + sums);
        }
    }

    public static LedgerTransaction ofOrder(
            String cause, Kind kind, UUID orderId, Instant occurredAt, List<Posting> postings) {
        return new LedgerTransaction(cause, kind, orderId, null, occurredAt, postings);
    }

    public static LedgerTransaction ofPayout(
            String cause, Kind kind, UUID payoutId, Instant occurredAt, List<Posting> postings) {
        return new LedgerTransaction(cause, kind, null, payoutId, occurredAt, postings);
    }
}
