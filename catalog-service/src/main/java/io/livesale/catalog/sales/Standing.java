package io.livesale.catalog.sales;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an offer stands before a report is applied.
 *
 * @param productId absent for gifts, as is the allotment
 * @param givenBack units of the allotment that went back to the product already
 * @param version of the report applied last; 0 before any
 */
record Standing(
        UUID offerId, @Nullable UUID productId, @Nullable Long allotment, long sold, long givenBack, long version) {

    /** What a report comes to. */
    sealed interface Outcome {
        /** The report is news. {@code soldMore} is negative when sold units came back by a refund. */
        record Applied(SalesReport report, @Nullable UUID productId, long soldMore, long backMore, long givenBack)
                implements Outcome {}

        /** A repeat, or overtaken by a newer report. */
        record Stale() implements Outcome {}

        /** No offer of ours can stand like this. */
        record Contradiction(String reason) implements Outcome {}
    }

    Outcome apply(SalesReport report) {
        if (report.version() <= version) {
            return new Outcome.Stale();
        }
        if (allotment == null) {
            return new Outcome.Applied(report, null, report.sold() - sold, 0, 0);
        }
        long back = report.unsold() == null ? givenBack : report.unsold();
        if (back < givenBack) {
            return new Outcome.Contradiction("unsold is below the " + givenBack + " units given back before");
        }
        if (report.sold() > allotment - back || report.reserved() > allotment - back - report.sold()) {
            return new Outcome.Contradiction("the figures exceed the allotment of " + allotment);
        }
        return new Outcome.Applied(report, productId, report.sold() - sold, back - givenBack, back);
    }
}
