package io.livesale.payout.earnings;

import io.livesale.payout.Rfc3339;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A place in the order in which a person's movements were booked. Its text is the list's cursor.
 *
 * @param at when the ledger took it, which is what decides about its month: what is over does not change
 */
record Booked(Instant at, long transactionId) {
    private static final long BEFORE_ALL = -1;

    /** Before everything that was booked then. */
    static Booked before(Instant at) {
        return new Booked(at, BEFORE_ALL);
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for what is no place. */
    static Booked parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a place has a time and a transaction");
        }
        Instant at = Instant.parse(parts[0]);
        if (!Rfc3339.canWrite(at)) {
            throw new IllegalArgumentException("nothing was ever booked at that time");
        }
        return new Booked(at, Long.parseLong(parts[1]));
    }

    OffsetDateTime utc() {
        return at.atOffset(ZoneOffset.UTC);
    }

    @Override
    public String toString() {
        return at + "/" + transactionId;
    }
}
