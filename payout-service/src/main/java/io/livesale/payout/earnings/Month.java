package io.livesale.payout.earnings;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/** A calendar month, as the home market counts it. */
record Month(YearMonth name, ZoneId zone) {
    Instant from() {
        return name.atDay(1).atStartOfDay(zone).toInstant();
    }

    /** No longer in it. */
    Instant until() {
        return name.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    }
}
