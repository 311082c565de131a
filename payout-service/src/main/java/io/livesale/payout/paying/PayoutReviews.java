package io.livesale.payout.paying;

import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.Ledger;
import io.livesale.payout.Outbox;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Operators stop payouts, let them go, or take them back. Whatever was done so before is not done again: the operator
 * who presses twice, or repeats a request without an answer, sees the payout as it is.
 */
@ApplicationScoped
class PayoutReviews {
    private static final Logger LOG = Logger.getLogger(PayoutReviews.class);

    private final Pool pool;
    private final Payouts payouts;
    private final Contradictions contradictions;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Audit audit;
    private final PayoutSettings.Sending settings;
    private final Clock clock;

    PayoutReviews(
            Pool pool,
            Payouts payouts,
            Contradictions contradictions,
            Ledger ledger,
            Outbox outbox,
            Audit audit,
            PayoutSettings settings,
            Clock clock) {
        this.pool = pool;
        this.payouts = payouts;
        this.contradictions = contradictions;
        this.ledger = ledger;
        this.outbox = outbox;
        this.audit = audit;
        this.settings = settings.sending();
        this.clock = clock;
    }

    Uni<Void> hold(UUID payoutId, String reason, String operator) {
        return review(
                payoutId,
                operator,
                Action.PAYOUT_HELD,
                (payout, around) -> payout.isHeldFor(reason) ? payout : payout.held(reason));
    }

    Uni<Void> release(UUID payoutId, String operator) {
        Instant sendAt = clock.instant().plus(settings.pause());
        return review(
                payoutId,
                operator,
                Action.PAYOUT_RELEASED,
                (payout, around) -> payout.isReleased() ? payout : released(payout, around, sendAt));
    }

    Uni<Void> cancel(UUID payoutId, String reason, String operator) {
        return review(
                payoutId,
                operator,
                Action.PAYOUT_CANCELLED,
                (payout, around) -> payout.status() == Status.CANCELLED ? payout : cancelled(payout, around, reason));
    }

    /** Whoever has found out how a contradicted payout really ended says so, and the money follows. */
    Uni<Void> resolve(UUID payoutId, boolean paid, String reason, String operator) {
        return pool.withTransaction(connection -> require(connection, payoutId)
                        .chain(payout -> contradictions
                                .close(connection, payout)
                                .chain(open -> open
                                        ? settle(connection, payout, payout.foundOut(paid, reason), reason, operator)
                                        : Uni.createFrom().voidItem())))
                .invoke(outbox::committed);
    }

    private Uni<Void> settle(SqlConnection connection, Payout known, Payout found, String reason, String operator) {
        Instant now = clock.instant();
        Uni<Void> corrected = found.equals(known)
                ? Uni.createFrom().voidItem()
                : payouts.change(connection, List.of(found), operator, now)
                        .chain(() -> ledger.postAll(connection, List.of(found.corrected(known, now))));
        String detail = "status=" + found.status() + " " + reason;
        return corrected.chain(() -> audit.record(
                connection, operator, Action.PAYOUT_RESOLVED, found.payoutId().toString(), detail));
    }

    private static Payout released(Payout payout, Circumstances around, Instant sendAt) {
        Payout released = payout.released(sendAt);
        around.allowRelease(payout);
        return released;
    }

    private static Payout cancelled(Payout payout, Circumstances around, String reason) {
        Payout cancelled = payout.cancelled(reason);
        around.allowCancellation();
        return cancelled;
    }

    /** @param decision gives the payout after it, or the same where there is nothing to do */
    private Uni<Void> review(
            UUID payoutId, String operator, Action action, BiFunction<Payout, Circumstances, Payout> decision) {
        return pool.withTransaction(connection -> require(connection, payoutId)
                        .chain(payout -> Circumstances.of(connection, payout).chain(around -> {
                            Payout after = decision.apply(payout, around);
                            return after.equals(payout)
                                    ? Uni.createFrom().voidItem()
                                    : store(connection, after, operator, action);
                        })))
                .invoke(outbox::committed);
    }

    private Uni<Payout> require(SqlConnection connection, UUID payoutId) {
        return payouts.lock(connection, payoutId)
                .map(found -> found.orElseThrow(() -> Problem.NOT_FOUND.because("There is no such payout.")));
    }

    private Uni<Void> store(SqlConnection connection, Payout payout, String operator, Action action) {
        Instant now = clock.instant();
        String payoutId = payout.payoutId().toString();
        return payouts.change(connection, List.of(payout), operator, now)
                .chain(() -> payout.status() == Status.CANCELLED
                        ? ledger.postAll(connection, List.of(payout.returned(now)))
                        : Uni.createFrom().voidItem())
                .chain(() -> audit.record(connection, operator, action, payoutId, payout.reason()))
                .invoke(() ->
                        LOG.infof("payout reviewed payoutId=%s status=%s by=%s", payoutId, payout.status(), operator));
    }
}
