package io.livesale.payout.earnings;

import io.livesale.payout.SaleKind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where the money of a sale stands.
 *
 * @param waitsFor what has to happen before it is free; absent when nothing has to
 * @param releaseAt when it will be free; absent as long as that depends on somebody
 */
record Standing(
        State state, @Nullable Wait waitsFor, @Nullable Instant releaseAt) {
    enum State {
        PENDING,
        AVAILABLE,
        /** Released but for a part that is held for a set time. */
        RESERVED,
        /** Nothing of it is left. */
        REFUNDED
    }

    enum Wait {
        DELIVERY,
        COMPLETION,
        SETTLEMENT_PERIOD,
        RESERVE
    }

    /** @param nothingLeft of what was paid */
    static Standing of(Row row, SaleKind kind, boolean nothingLeft) {
        boolean reserved = row.getLong("reserve") > 0 && !has(row, "reserve_freed_at");
        Wait wait = reserved ? Wait.RESERVE : null;
        Instant until = reserved ? instant(row, "reserve_until") : null;
        if (nothingLeft) {
            return new Standing(State.REFUNDED, wait, until); // A refund never takes from the reserve.
        }
        if (!has(row, "released_at")) {
            return new Standing(State.PENDING, waitBeforeRelease(row, kind), instant(row, "release_at"));
        }
        return new Standing(reserved ? State.RESERVED : State.AVAILABLE, wait, until);
    }

    /** A gift is not delivered. */
    private static Wait waitBeforeRelease(Row row, SaleKind kind) {
        if (kind == SaleKind.PRODUCT && !has(row, "delivered_at")) {
            return Wait.DELIVERY;
        }
        return has(row, "completed_at") ? Wait.SETTLEMENT_PERIOD : Wait.COMPLETION;
    }

    private static boolean has(Row row, String column) {
        return row.getValue(column) != null;
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
