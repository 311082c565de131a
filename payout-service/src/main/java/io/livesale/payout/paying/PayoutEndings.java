package io.livesale.payout.paying;

import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Outbox;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.Payouts;
import io.livesale.payout.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends payouts as the provider tells, by webhook or when it was asked. It may tell so twice and by both ways; the money
 * moves once, in the transaction that changes the status. What it says against what is known is kept, and changes nothing.
 */
@ApplicationScoped
class PayoutEndings {
    private static final Logger LOG = Logger.getLogger(PayoutEndings.class);

    private final Pool pool;
    private final Payouts payouts;
    private final Contradictions contradictions;
    private final Ledger ledger;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    PayoutEndings(
            Pool pool,
            Payouts payouts,
            Contradictions contradictions,
            Ledger ledger,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.pool = pool;
        this.payouts = payouts;
        this.contradictions = contradictions;
        this.ledger = ledger;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
        ended(Status.PAID);
        ended(Status.FAILED);
    }

    /** The money has arrived. Fails with {@link Problem#NOT_FOUND} when there is no such payout. */
    Uni<Void> paid(UUID payoutId) {
        return end(payoutId, Status.PAID, "");
    }

    /** It never will: what was set aside is available again. Fails with {@link Problem#NOT_FOUND} likewise. */
    Uni<Void> failed(UUID payoutId, String reason) {
        return end(payoutId, Status.FAILED, reason);
    }

    private Uni<Void> end(UUID payoutId, Status ended, String reason) {
        return pool.withTransaction(connection -> payouts.lock(connection, payoutId)
                        .map(found -> found.orElseThrow(() -> Problem.NOT_FOUND.because("There is no such payout.")))
                        .chain(payout -> payout.status() == Status.IN_TRANSIT
                                ? end(connection, payout, ended, reason)
                                : compare(connection, payout, ended)))
                .invoke(outbox::committed);
    }

    private Uni<Void> end(SqlConnection connection, Payout payout, Status ended, String reason) {
        Instant now = clock.instant();
        Payout after = ended == Status.PAID ? payout.paid() : payout.failed(reason);
        LedgerTransaction move = ended == Status.PAID ? after.arrived(now) : after.returned(now);
        return payouts.change(connection, List.of(after), null, now)
                .chain(() -> ledger.postAll(connection, List.of(move)))
                .invoke(() -> tell(after));
    }

    private void tell(Payout payout) {
        LOG.infof("payout ended payoutId=%s status=%s", payout.payoutId(), payout.status());
        ended(payout.status()).increment();
    }

    /** There from the start: what has no value yet cannot rise. */
    private Counter ended(Status as) {
        return metrics.counter("payout.payouts.ended", "as", as.name());
    }

    private Uni<Void> compare(SqlConnection connection, Payout payout, Status ended) {
        return payout.status() == ended ? Uni.createFrom().voidItem() : contradictions.keep(connection, payout, ended);
    }
}
