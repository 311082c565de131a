package io.livesale.payout;

import java.time.Instant;

/** Times as they are written here: RFC 3339, whose years have four digits. The database could not store all others. */
public final class Rfc3339 {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Rfc3339() {}

    public static boolean canWrite(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
