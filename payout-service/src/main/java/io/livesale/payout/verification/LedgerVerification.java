package io.livesale.payout.verification;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Recomputes everything from the postings. It walks through the ledger range by range and account by account, so it needs
 * no more memory for a million orders than for a few, here or in the database, and no statement of it takes long. All of
 * it sees one snapshot: what is committed meanwhile is in all of its numbers or in none.
 */
@ApplicationScoped
class LedgerVerification {
    private static final String ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    private static final String LAST = "SELECT coalesce(max(id), 0) AS last FROM ledger_transaction";

    private final Pool pool;
    private final VerificationSettings settings;
    private final TransactionCheck transactions;
    private final BalanceCheck balances;
    private final RefundCheck refunds;
    private final PayoutCheck payouts;

    LedgerVerification(
            Pool pool,
            VerificationSettings settings,
            TransactionCheck transactions,
            BalanceCheck balances,
            RefundCheck refunds,
            PayoutCheck payouts) {
        this.pool = pool;
        this.settings = settings;
        this.transactions = transactions;
        this.balances = balances;
        this.refunds = refunds;
        this.payouts = payouts;
    }

    Uni<Verification> verify() {
        return pool.withTransaction(connection -> connection
                .query(ONE_SNAPSHOT)
                .execute()
                .map(done -> new Findings())
                .call(findings -> eachRange(connection, findings))
                .call(findings -> transactions.unposted(connection, findings))
                .call(findings -> walk(
                        BalanceCheck.FIRST,
                        BalanceCheck.FIRST,
                        at -> balances.ofParties(connection, at, settings.accounts(), findings)))
                .call(findings -> balances.ofPlatform(connection, findings))
                .call(findings -> walk(
                        RefundCheck.FIRST,
                        RefundCheck.LAST,
                        at -> refunds.next(connection, at, settings.range(), findings)))
                .call(findings -> walk(
                        BalanceCheck.FIRST,
                        BalanceCheck.FIRST,
                        at -> payouts.ofAccounts(connection, at, settings.accounts(), findings)))
                .call(findings -> payouts.rest(connection, findings))
                .map(Findings::verification));
    }

    private Uni<Void> eachRange(SqlConnection connection, Findings findings) {
        int range = settings.range();
        return connection
                .query(LAST)
                .execute()
                .map(rows -> rows.iterator().next().getLong("last"))
                .onItem()
                .transformToMulti(last -> Multi.createFrom().items(() -> starts(last, range)))
                .onItem()
                .transformToUniAndConcatenate(after -> transactions.check(connection, after, after + range, findings))
                .onItem()
                .ignoreAsUni();
    }

    private static Stream<Long> starts(long last, int range) {
        return LongStream.iterate(0, after -> after < last, after -> after + range)
                .boxed();
    }

    /** Takes step by step, each from where the one before it came to, until one comes to the end. */
    private static <T> Uni<Void> walk(T first, T end, Function<T, Uni<T>> step) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicReference<>(first),
                        at -> step.apply(at.get()).invoke(at::set))
                .whilst(at -> !at.equals(end))
                .onItem()
                .ignoreAsUni();
    }
}
