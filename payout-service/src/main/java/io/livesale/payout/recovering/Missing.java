package io.livesale.payout.recovering;

import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout that was told of further than the database knows it, or otherwise.
 *
 * @param last what was told of it last
 * @param madeAt when it was made, or the earliest of it that was told
 * @param knownVersion as far as the database knows it; 0 when not at all
 * @param otherwise whether the database knows another status or amount of a version that was told: it went two ways
 */
record Missing(PayoutEvent last, Instant madeAt, int knownVersion, boolean otherwise) {
    static Missing of(PayoutEvent told, int knownVersion, boolean otherwise) {
        return new Missing(told, told.at(), knownVersion, otherwise);
    }

    Missing and(Missing later) {
        PayoutEvent newest = later.last.version() > last.version() ? later.last : last;
        return new Missing(newest, madeAt, knownVersion, otherwise || later.otherwise);
    }

    /**
     * As it is to be stored.
     *
     * @param known as it is stored now, if it is
     * @param newestAccount where one goes that is not known and has not ended
     * @param callAt when the provider is asked, of one that has not ended
     */
    Payout payout(@Nullable Payout known, @Nullable Integer newestAccount, Instant callAt) {
        boolean waits = last.status() == Status.PENDING || last.status() == Status.IN_TRANSIT;
        Integer unknownAccount = last.status().isEnd() ? null : newestAccount;
        return new Payout(
                last.payoutId(),
                last.settlementId(),
                last.userId(),
                last.amount(),
                known == null ? unknownAccount : known.accountVersion(),
                last.status(),
                last.reason(),
                last.version(),
                known == null ? madeAt : known.createdAt(),
                waits ? callAt : null);
    }
}
