package io.livesale.payout.earnings;

import io.livesale.payout.Rfc3339;
import io.livesale.payout.earnings.Entry.Role;
import java.time.Instant;
import java.util.UUID;

/** A place in the order of statement lines. Its text is the list's cursor. */
record Position(Instant paidAt, UUID orderId, String role) {
    /** Above every line there can be. */
    static final Position NEWEST = new Position(Rfc3339.LAST, new UUID(-1, -1), "Z");

    static Position of(Entry entry) {
        return new Position(entry.paidAt(), entry.orderId(), entry.role().name());
    }

    /** Throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for what is no position. */
    static Position parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a position has a time, an order and a role");
        }
        Instant paidAt = Instant.parse(parts[0]);
        if (!Rfc3339.canWrite(paidAt)) {
            throw new IllegalArgumentException("no sale was ever paid at that time");
        }
        return new Position(
                paidAt, UUID.fromString(parts[1]), Role.valueOf(parts[2]).name());
    }

    @Override
    public String toString() {
        return paidAt + "/" + orderId + "/" + role;
    }
}
