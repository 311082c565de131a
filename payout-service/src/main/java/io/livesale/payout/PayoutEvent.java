package io.livesale.payout;

import io.livesale.payout.Payout.Status;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What payouts.v1 tells of a change: the payout as it is after it. No account and no holder: whoever reads it needs to
 * know that money moves, not where to.
 *
 * @param version 1 for the making; a reader keeps the greatest
 */
public record PayoutEvent(
        UUID payoutId,
        String settlementId,
        String userId,
        Money amount,
        Status status,
        @Nullable String reason,
        int version,
        Instant at) {
    static PayoutEvent of(Payout payout, Instant at) {
        return new PayoutEvent(
                payout.payoutId(),
                payout.settlementId(),
                payout.userId(),
                payout.amount(),
                payout.status(),
                payout.reason(),
                payout.version(),
                at);
    }

    /** @throws IllegalArgumentException when a part is missing that every event has, or cannot be */
    public void requireWhole() {
        if (payoutId == null
                || settlementId == null
                || userId == null
                || amount == null
                || status == null
                || at == null) {
            throw new IllegalArgumentException("a part of the event is missing");
        }
        if (amount.amount() <= 0 || version < 1) {
            throw new IllegalArgumentException("a payout pays something, and its versions begin with 1");
        }
    }

    /** Its CloudEvents type: {@code payout.in-transit}. A payout that is PENDING, made or released, is scheduled. */
    public String type() {
        String name = status == Status.PENDING ? "SCHEDULED" : status.name();
        return "payout." + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its CloudEvents id, the same for every copy. */
    public String eventId() {
        return payoutId + "." + version;
    }
}
