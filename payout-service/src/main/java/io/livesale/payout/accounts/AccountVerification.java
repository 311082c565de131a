package io.livesale.payout.accounts;

import io.livesale.payout.AccountSeal;
import io.livesale.payout.PayoutProvider;
import io.livesale.payout.PayoutProvider.Verdict;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Asks the provider whether accounts are what they say, at once when one is given, and again and again while the
 * provider is away. Claiming one moves its next question, so no replica asks meanwhile, no connection is held while the
 * provider takes its time, and a question that fails, or a process that dies in it, leaves nothing to do.
 */
@ApplicationScoped
class AccountVerification {
    private static final Logger LOG = Logger.getLogger(AccountVerification.class);

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
              SELECT user_id, version
              FROM payout_account
              WHERE next_check_at <= $1
              ORDER BY next_check_at
              LIMIT $2
              FOR UPDATE SKIP LOCKED)
            UPDATE payout_account
            SET checks = checks + 1,
                next_check_at = $1 + least($3 * 2 ^ least(checks + 1, 30), $4) * interval '1 second'
            FROM due
            WHERE payout_account.user_id = due.user_id AND payout_account.version = due.version
            RETURNING %s
            """.formatted(StoredAccount.COLUMNS);

    private final Pool pool;
    private final PayoutAccounts accounts;
    private final PayoutProvider provider;
    private final AccountSeal seal;
    private final AccountSettings settings;
    private final Clock clock;

    AccountVerification(
            Pool pool,
            PayoutAccounts accounts,
            PayoutProvider provider,
            AccountSeal seal,
            AccountSettings settings,
            Clock clock) {
        this.pool = pool;
        this.accounts = accounts;
        this.provider = provider;
        this.seal = seal;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "{payout.accounts.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> verifyDue() {
        return Multi.createBy()
                .repeating()
                .uni(() -> claim().call(this::verifyAll))
                .whilst(page -> page.size() == settings.page())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("accounts to verify not looked for, again soon reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Never fails: what could not be asked or stored is due again later. */
    Uni<Void> verify(StoredAccount account) {
        return Uni.createFrom()
                .deferred(() -> provider.verify(account.open(seal)))
                .chain(verdict -> decide(account, verdict))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "account not verified, asked again later userId=%s version=%d reason=%s",
                        account.userId(), account.version(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> decide(StoredAccount account, Verdict verdict) {
        return accounts.decide(account, verdict)
                .invoke(decided -> LOG.infof(
                        "account looked at userId=%s version=%d valid=%b",
                        account.userId(), account.version(), verdict.valid()))
                .replaceWithVoid();
    }

    private Uni<Void> verifyAll(List<StoredAccount> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndMerge(this::verify)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<StoredAccount>> claim() {
        Tuple values = Tuple.of(
                clock.instant().atOffset(ZoneOffset.UTC),
                settings.page(),
                seconds(settings.firstRetry()),
                seconds(settings.longestRetry()));
        return pool.preparedQuery(CLAIM)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StoredAccount::of)
                        .toList());
    }

    private static double seconds(Duration pause) {
        return pause.toMillis() / 1000.0;
    }
}
