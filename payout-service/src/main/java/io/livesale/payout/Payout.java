package io.livesale.payout;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way from what a payee has available to their payout account: DOMAIN.md, "Payout". A change gives the
 * payout after it; one that its status does not allow throws. While a payout is PENDING, HELD or IN_TRANSIT its amount
 * stands in the payee's in-transit account.
 *
 * @param amount above zero
 * @param accountVersion of the payee's payout account it was made for, and goes to whatever becomes of that; absent where
 *     it has ended and a restored database does not know any more
 * @param reason of the last change, where one was told
 * @param version how often it has changed, its making included; numbers its events and its timeline
 * @param nextCallAt when the provider is called, or asked again; present while PENDING or IN_TRANSIT, and only then
 */
public record Payout(
        UUID payoutId,
        String settlementId,
        String userId,
        Money amount,
        @Nullable Integer accountVersion,
        Status status,
        @Nullable String reason,
        int version,
        Instant createdAt,
        @Nullable Instant nextCallAt) {
    public enum Status {
        /** Waits a little, so that an operator can hold it. */
        PENDING,
        /** An operator has to look at it. */
        HELD,
        /** The provider has it, or is about to: nothing here takes it back. */
        IN_TRANSIT,
        PAID,
        /** The money is available again; the next settlement makes a new payout of it. */
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return this == PAID || this == FAILED || this == CANCELLED;
        }
    }

    public Payout {
        if (amount.amount() <= 0) {
            throw new IllegalArgumentException("a payout pays something");
        }
        if (accountVersion == null && !status.isEnd()) {
            throw new IllegalArgumentException("whatever is to be paid goes to an account");
        }
        if ((nextCallAt != null) != (status == Status.PENDING || status == Status.IN_TRANSIT)) {
            throw new IllegalArgumentException("a call is due while pending and in transit, not while " + status);
        }
    }

    /** From here on it may be with the provider, whether or not a call of ours was answered. */
    public Payout sent(Instant nextCallAt) {
        return to(Status.PENDING, Status.IN_TRANSIT, null, nextCallAt);
    }

    public Payout paid() {
        return to(Status.IN_TRANSIT, Status.PAID, null, null);
    }

    public Payout failed(String reason) {
        return to(Status.IN_TRANSIT, Status.FAILED, reason, null);
    }

    /** Throws {@link Problem#PAYOUT_NOT_HOLDABLE} unless it is PENDING, or HELD for another reason. */
    public Payout held(String reason) {
        if (status != Status.PENDING && status != Status.HELD) {
            throw Problem.PAYOUT_NOT_HOLDABLE.because("The payout is " + status + ".");
        }
        return to(status, Status.HELD, reason, null);
    }

    public boolean isHeldFor(String why) {
        return status == Status.HELD && why.equals(reason);
    }

    /** Throws {@link Problem#PAYOUT_NOT_HELD} unless it is held. */
    public Payout released(Instant nextCallAt) {
        requireHeld();
        return to(Status.HELD, Status.PENDING, null, nextCallAt);
    }

    /** Throws {@link Problem#PAYOUT_NOT_HELD} unless it is held. */
    public Payout cancelled(String reason) {
        requireHeld();
        return to(Status.HELD, Status.CANCELLED, reason, null);
    }

    /** How it really ended, which a person has found out: what was not paid has failed, or is as it was if it was not sent. */
    public Payout foundOut(boolean paid, String why) {
        Status truth = paid ? Status.PAID : status == Status.PAID ? Status.FAILED : status;
        return truth == status ? this : to(status, truth, paid ? null : why, null);
    }

    /** Whether it was held and is PENDING again: nothing else makes it so. */
    public boolean isReleased() {
        return status == Status.PENDING && version > 1;
    }

    /** What its making posts. */
    public LedgerTransaction setAside() {
        return move(Kind.PAYOUT, "made", Stage.AVAILABLE, Stage.IN_TRANSIT, createdAt);
    }

    /** What its arrival posts. */
    public LedgerTransaction arrived(Instant at) {
        return move(Kind.PAYOUT_PAID, "paid", Stage.IN_TRANSIT, Stage.PAID, at);
    }

    /** What its failure or cancellation posts. */
    public LedgerTransaction returned(Instant at) {
        return move(Kind.PAYOUT_RETURNED, "returned", Stage.IN_TRANSIT, Stage.AVAILABLE, at);
    }

    /** What it posts that it ended otherwise than was known before. */
    public LedgerTransaction corrected(Payout before, Instant at) {
        return move(Kind.PAYOUT_CORRECTED, "corrected." + version, before.stage(), stage(), at);
    }

    /** What brings its money from where it stood before to where it stands; nothing where that is the same. */
    public Optional<LedgerTransaction> movedSince(Payout before, Instant at) {
        if (before.stage() == stage()) {
            return Optional.empty();
        }
        if (before.stage() != Stage.IN_TRANSIT) {
            return Optional.of(corrected(before, at));
        }
        return Optional.of(status == Status.PAID ? arrived(at) : returned(at));
    }

    /** Where its money stands. */
    private Stage stage() {
        return switch (status) {
            case PENDING, HELD, IN_TRANSIT -> Stage.IN_TRANSIT;
            case PAID -> Stage.PAID;
            case FAILED, CANCELLED -> Stage.AVAILABLE;
        };
    }

    private void requireHeld() {
        if (status != Status.HELD) {
            throw Problem.PAYOUT_NOT_HELD.because("The payout is " + status + ".");
        }
    }

    private Payout to(Status from, Status next, @Nullable String why, @Nullable Instant callAt) {
        if (status != from) {
            throw new IllegalStateException("payout " + payoutId + " is " + status + ", not " + from);
        }
        return new Payout(
                payoutId, settlementId, userId, amount, accountVersion, next, why, version + 1, createdAt, callAt);
    }

    private LedgerTransaction move(Kind kind, String what, Stage from, Stage to, Instant at) {
        return LedgerTransaction.ofPayout(
                payoutId + "." + what,
                kind,
                payoutId,
                at,
                List.of(
                        new Posting(new Party(userId, from), amount.negated()),
                        new Posting(new Party(userId, to), amount)));
    }
}
