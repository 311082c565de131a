package io.livesale.payout.verification;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a verification of the whole ledger found. */
record Verification(
        long transactions,
        long postings,

        @Schema(description = "Transactions whose postings do not sum to zero: none, ever.", examples = "0")
        long unbalanced,

        @Schema(description = "Cached balances that differ from their postings: none, ever.", examples = "0")
        long driftedBalances,

        @Schema(description = "Sales that were posted otherwise than they were split, or not at all.", examples = "0")
        long wrongSales,

        @Schema(description = "Orders whose refunds were posted otherwise than they are told.", examples = "0")
        long wrongRefunds,

        @Schema(description = "Payees whose payouts are not what stands in transit or as paid.", examples = "0")
        long wrongPayouts,

        @Schema(description = "Payees to whom more was paid out than was released.", examples = "0")
        long overpaid) {

    /** 0 as long as the ledger holds. */
    long faults() {
        return unbalanced + driftedBalances + wrongSales + wrongRefunds + wrongPayouts + overpaid;
    }
}
