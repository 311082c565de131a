package io.livesale.payout.settlement;

import io.livesale.payout.DataFault;
import io.livesale.payout.Ledger;
import io.livesale.payout.Outbox;
import io.livesale.payout.Payout;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.Stride;
import io.livesale.payout.settlement.SettlementPage.Payee;
import io.livesale.payout.settlement.SettlementPage.Terms;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries settlements on, page by page. A page is one transaction under the run's row lock: payouts, postings, events,
 * figures and the place to go on at are there together or not at all. So a run can be left at any point, by a crash, a
 * fault or a restart, and any replica goes on with it; while one does, the others pass it over.
 */
@ApplicationScoped
class SettlementRuns {
    private static final Logger LOG = Logger.getLogger(SettlementRuns.class);

    private static final String RUNNING = """
            SELECT id
            FROM settlement
            WHERE status = 'RUNNING'
            ORDER BY started_at
            """;

    private final Pool pool;
    private final Ledger ledger;
    private final Payouts payouts;
    private final Outbox outbox;
    private final Clock clock;
    private final boolean paying;
    private final int pageSize;
    private final Terms terms;

    SettlementRuns(
            Pool pool,
            Ledger ledger,
            Payouts payouts,
            Outbox outbox,
            Clock clock,
            SettlementSettings settings,
            PayoutSettings payoutSettings) {
        this.pool = pool;
        this.ledger = ledger;
        this.payouts = payouts;
        this.outbox = outbox;
        this.clock = clock;
        this.paying = payoutSettings.paying();
        this.pageSize = settings.page();
        this.terms = new Terms(
                payoutSettings.minimum(),
                payoutSettings.reviewAbove(),
                payoutSettings.sending().pause());
    }

    @Scheduled(every = "{payout.settlement.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> goOn() {
        if (!paying) {
            return Uni.createFrom().voidItem();
        }
        return orLater(pool.query(RUNNING)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> orLater(goOn(row.getString("id"))))
                .onItem()
                .ignoreAsUni());
    }

    /** A run that cannot go on now must not keep the others waiting; the next check tries it again. */
    private static Uni<Void> orLater(Uni<Void> step) {
        return step.onFailure()
                .invoke(failure -> LOG.warnf("settlement waits, going on soon reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Does all that is left of a run; nothing when it is done or another replica is at it. */
    Uni<Void> goOn(String settlementId) {
        Walk walk = new Walk(settlementId);
        return Multi.createBy()
                .repeating()
                .uni(() -> walk.on().invoke(outbox::committed))
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni();
    }

    /** Along one run, in smaller pages where the data of one is refused. */
    private final class Walk {
        private final String settlementId;
        private final Stride stride = new Stride(pageSize);
        private @Nullable Run tried;
        private @Nullable Run refused;

        private Walk(String settlementId) {
            this.settlementId = settlementId;
        }

        /** Whether there may be more to do. */
        private Uni<Boolean> on() {
            return pool.withTransaction(connection -> Run.lock(connection, settlementId)
                            .chain(run -> run.map(mine -> page(connection, mine))
                                    .orElseGet(() -> Uni.createFrom().item(false))))
                    .invoke(stride::lengthen)
                    .onFailure(DataFault::is)
                    .recoverWithItem(this::shorten);
        }

        private Uni<Boolean> page(SqlConnection connection, Run run) {
            tried = run;
            return Payees.after(connection, run, stride.length())
                    .chain(payees -> payees.isEmpty()
                            ? finish(connection, run)
                            : run.equals(refused)
                                    ? passOver(connection, run, payees.get(0))
                                    : settle(connection, run, payees));
        }

        /** One payee alone whom nothing can be paid must not keep those behind from their money. */
        private boolean shorten(Throwable fault) {
            if (!stride.shorten()) {
                refused = tried;
                LOG.errorf("payee refused, passed over settlementId=%s reason=%s", settlementId, fault);
            }
            return true;
        }
    }

    private static Uni<Boolean> passOver(SqlConnection connection, Run run, Payee payee) {
        LOG.errorf("payee not paid settlementId=%s account=%s", run.id(), payee.account());
        return run.moveOn(connection, new SettlementPage(List.of(), 0, 0), payee)
                .replaceWith(true);
    }

    private Uni<Boolean> settle(SqlConnection connection, Run run, List<Payee> payees) {
        Instant now = clock.instant();
        return Payees.accounts(connection, payees)
                .map(accounts -> SettlementPage.of(run.id(), payees, accounts, terms, now))
                .call(page -> pay(connection, page.payouts(), now))
                .call(page -> run.moveOn(connection, page, payees.get(payees.size() - 1)))
                .replaceWith(true);
    }

    private Uni<Void> pay(SqlConnection connection, List<Payout> made, Instant now) {
        if (made.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return payouts.make(connection, made, now)
                .chain(() -> ledger.postAll(
                        connection, made.stream().map(Payout::setAside).toList()));
    }

    private Uni<Boolean> finish(SqlConnection connection, Run run) {
        return run.finish(connection, clock.instant())
                .invoke(figures -> report(run, figures))
                .replaceWith(false);
    }

    private static void report(Run run, Row figures) {
        LOG.infof(
                "settlement done settlementId=%s payouts=%d belowMinimum=%d accountMissing=%d",
                run.id(),
                figures.getLong("payouts"),
                figures.getLong("below_minimum"),
                figures.getLong("account_missing"));
    }
}
