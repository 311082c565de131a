package io.livesale.payout.verification;

import java.util.HashMap;
import java.util.Map;

/** What a walk through the ledger has seen so far. As large after a million orders as after one. */
final class Findings {
    record Balance(String account, String currency) {}

    long transactions;
    long postings;
    long unbalanced;
    long driftedBalances;
    long sales;
    long wrongSales;
    long wrongRefunds;
    long wrongPayouts;
    long overpaid;
    /** Those that are on their way or arrived, and whose account has a balance. */
    long payouts;

    long postingsOfPlatform;
    /** Those on accounts of persons that have a balance. */
    long postingsOfParties;
    /** What is posted to the platform's accounts; there are two for each currency. */
    final Map<Balance, Long> platform = new HashMap<>();

    Verification verification() {
        return new Verification(
                transactions, postings, unbalanced, driftedBalances, wrongSales, wrongRefunds, wrongPayouts, overpaid);
    }
}
