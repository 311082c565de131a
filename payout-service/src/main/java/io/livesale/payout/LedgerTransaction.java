package io.livesale.payout;

import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Postings that belong together and sum to zero in each currency.
 *
 * @param cause id of the event that caused it; one event causes at most one transaction, so a repeat changes nothing
 */
public record LedgerTransaction(String cause, Kind kind, UUID orderId, Instant occurredAt, List<Posting> postings) {
    /** What happened to the money: DOMAIN.md, "Ledger". */
    public enum Kind {
        SALE
    }

    public LedgerTransaction {
        postings = List.copyOf(postings);
        Map<Currency, Long> sums = new HashMap<>();
        postings.forEach(posting ->
                sums.merge(posting.money().currency(), posting.money().amount(), Math::addExact));
        if (sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new IllegalArgumentException("the postings of a transaction sum to zero, not " + sums);
        }
    }
}
