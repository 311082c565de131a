package io.livesale.payout.settlement;

import io.livesale.payout.Rfc3339;
import java.time.Instant;

/** A place in the list of settlements, newest first. Its text is the list's cursor. */
record Position(Instant startedAt, String settlementId) {
    /** Above every settlement there can be. */
    static final Position NEWEST = new Position(Rfc3339.LAST, "~");

    static Position of(Settlement settlement) {
        return new Position(settlement.startedAt(), settlement.settlementId());
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for what is no position. */
    static Position parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches(SettlementResource.ID)) {
            throw new IllegalArgumentException("a position has a time and a settlement");
        }
        Instant startedAt = Instant.parse(parts[0]);
        if (!Rfc3339.canWrite(startedAt)) {
            throw new IllegalArgumentException("no settlement ever began at that time");
        }
        return new Position(startedAt, parts[1]);
    }

    @Override
    public String toString() {
        return startedAt + "/" + settlementId;
    }
}
