package io.livesale.payout.posting;

import io.livesale.payout.PayoutSettings.SettlementPeriod;
import io.livesale.payout.SettlementProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an order's release depends on: DOMAIN.md, "Settlement period".
 *
 * @param begin of the period, once it has begun: the delivery, or for what is not delivered the completion
 * @param completedAt before which nothing is released
 * @param fixedAt when it is due, if that has been fixed before
 */
record Release(
        SettlementProfile profile,
        @Nullable Instant begin,
        @Nullable Instant completedAt,
        @Nullable Instant fixedAt) {
    /** When it is due, once all is known. What was fixed before stays, whatever became of the settings. */
    @Nullable Instant dueAt(SettlementPeriod periods) {
        if (fixedAt != null || begin == null || completedAt == null) {
            return fixedAt;
        }
        Instant end = begin.plus(profile.period(periods));
        return end.isBefore(completedAt) ? completedAt : end;
    }
}
