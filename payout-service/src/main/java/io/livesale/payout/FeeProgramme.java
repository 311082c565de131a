package io.livesale.payout;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lower platform fee for the products of some counties during a time.
 *
 * @param from first instant covered
 * @param to first instant no longer covered; absent while the programme has no end
 */
public record FeeProgramme(
        String id,
        String name,
        Set<String> counties,
        Rate feeRate,
        Instant from,
        @Nullable Instant to) {
    public FeeProgramme {
        if (counties.isEmpty()) {
            throw new IllegalArgumentException("a fee programme covers at least one county");
        }
        if (to != null && !to.isAfter(from)) {
            throw new IllegalArgumentException("a fee programme ends after it begins");
        }
        counties = Set.copyOf(counties);
    }

    boolean covers(String county, Instant at) {
        return counties.contains(county) && !at.isBefore(from) && (to == null || at.isBefore(to));
    }
}
