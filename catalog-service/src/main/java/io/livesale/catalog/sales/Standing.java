package io.livesale.catalog.sales;

import io.livesale.catalog.Takings;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an offer stands, in units, and what its orders came to.
 *
 * @param productId absent for gifts, as are the allotment and what remains
 * @param remaining absent before any report, too
 * @param givenBack units of the allotment that went back to the product already
 * @param takings absent when the report applied last did not tell them
 * @param version of the report applied last; 0 before any
 */
record Standing(
        UUID offerId,
        @Nullable UUID productId,
        @Nullable Long allotment,
        @Nullable Long remaining,
        long reserved,
        long sold,
        long givenBack,
        @Nullable Takings takings,
        long version) {

    /** What a report comes to. */
    sealed interface Outcome {
        /** The report is news: this is where the offer stands now. */
        record Applied(Standing standing) implements Outcome {}

        /** A repeat, or overtaken by a newer report. */
        record Stale() implements Outcome {}

        /** No offer of ours can stand like this. */
        record Contradiction(String reason) implements Outcome {}
    }

    Outcome apply(SalesReport report) {
        if (report.version() <= version) {
            return new Outcome.Stale();
        }
        long back = report.unsold() == null || allotment == null ? givenBack : report.unsold();
        if (back < givenBack) {
            return new Outcome.Contradiction("unsold is below the " + givenBack + " units given back before");
        }
        if (allotment != null
                && (report.sold() > allotment - back || report.reserved() > allotment - back - report.sold())) {
            return new Outcome.Contradiction("the figures exceed the allotment of " + allotment);
        }
        Long left = allotment == null ? null : Long.valueOf(allotment - report.reserved() - report.sold());
        if (!Objects.equals(report.remaining(), left)) {
            return new Outcome.Contradiction("remaining is not " + left);
        }
        return new Outcome.Applied(new Standing(
                offerId,
                productId,
                allotment,
                left,
                report.reserved(),
                report.sold(),
                back,
                report.takings().orElse(null),
                report.version()));
    }
}
