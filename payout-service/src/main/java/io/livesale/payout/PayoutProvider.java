package io.livesale.payout;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whoever brings money to payees' accounts. */
public interface PayoutProvider {
    /** @param reason why the account is none; absent when it is one */
    record Verdict(boolean valid, @Nullable String reason) {}

    /** What is known of a payout after asking for it. */
    enum Progress {
        /** Taken; how it ends comes later, by webhook or when asked again. */
        ACCEPTED,
        PAID,
        /** For good: refused, or tried in vain. It was not paid and never will be. */
        FAILED
    }

    /** @param reason why it failed, for the payee; absent otherwise */
    record Answer(Progress progress, @Nullable String reason) {}

    /** Whether there is such an account, in that name. Fails when no answer is known; then it may be asked again. */
    Uni<Verdict> verify(PayoutAccount account);

    /**
     * Asks to pay. The payout id is the idempotency key: asking again pays nothing twice and tells how far it is. Fails
     * when no answer is known; then it must be asked again, for it may have been paid.
     */
    Uni<Answer> pay(UUID payoutId, Money amount, PayoutAccount to);
}
