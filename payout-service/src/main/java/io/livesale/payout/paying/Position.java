package io.livesale.payout.paying;

import io.livesale.payout.Rfc3339;
import java.time.Instant;
import java.util.UUID;

/** A place in the list of payouts, newest first. Its text is the list's cursor. */
record Position(Instant createdAt, UUID payoutId) {
    /** Above every payout there can be. */
    static final Position NEWEST = new Position(Rfc3339.LAST, new UUID(-1, -1));

    static Position of(PayoutView payout) {
        return new Position(payout.createdAt(), payout.payoutId());
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for what is no position. */
    static Position parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a position has a time and a payout");
        }
        Instant createdAt = Instant.parse(parts[0]);
        if (!Rfc3339.canWrite(createdAt)) {
            throw new IllegalArgumentException("no payout was ever made at that time");
        }
        return new Position(createdAt, UUID.fromString(parts[1]));
    }

    @Override
    public String toString() {
        return createdAt + "/" + payoutId;
    }
}
