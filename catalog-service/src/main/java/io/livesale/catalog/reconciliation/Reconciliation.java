package io.livesale.catalog.reconciliation;

import io.livesale.catalog.Stock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What counting the stock anew came to.
 *
 * @param products there are
 * @param adrift of them, whose counters are not what they should be
 * @param differences the first {@value #MOST_TOLD} of those, by product
 */
record Reconciliation(Instant checkedAt, long products, long adrift, List<Difference> differences) {
    static final int MOST_TOLD = 100;

    /**
     * A product whose counters are not what they should be.
     *
     * @param stock as the counters say
     * @param adjusted units put in less those taken out: what the three counters should add up to
     * @param allottedByOffers units its offers hold, by what order-service last told: what should be allotted
     * @param soldByOffers units order-service told as sold: what should be sold
     */
    record Difference(
            UUID productId,
            String title,
            String sellerId,
            Stock stock,
            long adjusted,
            long allottedByOffers,
            long soldByOffers) {}
}
