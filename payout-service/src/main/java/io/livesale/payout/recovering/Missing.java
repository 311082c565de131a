package io.livesale.payout.recovering;

import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payout that was told of further than the database knows it.
 *
 * @param last what was told of it last
 * @param madeAt when it was made, or the earliest of it that was told
 * @param knownVersion as far as the database knows it; 0 when not at all
 */
record Missing(PayoutEvent last, Instant madeAt, int knownVersion) {
    static Missing of(PayoutEvent told, int knownVersion) {
        return new Missing(told, told.at(), knownVersion);
    }

    Missing and(PayoutEvent later) {
        return later.version() > last.version() ? new Missing(later, madeAt, knownVersion) : this;
    }

    boolean isUnknown() {
        return knownVersion == 0;
    }

    /**
     * As it is to be stored.
     *
     * @param known as it is stored now, if it is
     * @param accountVersion where one that is not known goes to
     * @param callAt when the provider is asked, of one that has not ended
     */
    Payout payout(@Nullable Payout known, int accountVersion, Instant callAt) {
        boolean waits = last.status() == Status.PENDING || last.status() == Status.IN_TRANSIT;
        return new Payout(
                last.payoutId(),
                last.settlementId(),
                last.userId(),
                last.amount(),
                known == null ? accountVersion : known.accountVersion(),
                last.status(),
                last.reason(),
                last.version(),
                known == null ? madeAt : known.createdAt(),
                waits ? callAt : null);
    }
}
