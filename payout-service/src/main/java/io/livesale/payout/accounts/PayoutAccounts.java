package io.livesale.payout.accounts;

import io.livesale.payout.AccountSeal;
import io.livesale.payout.AccountSeal.Sealed;
import io.livesale.payout.Audit;
import io.livesale.payout.Audit.Action;
import io.livesale.payout.PayoutAccount;
import io.livesale.payout.PayoutProvider.Verdict;
import io.livesale.payout.Problem;
import io.livesale.payout.ProblemException;
import io.livesale.payout.accounts.StoredAccount.Status;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The stored payout accounts. What a payee changes is a new version; the newest one counts. */
@ApplicationScoped
class PayoutAccounts {
    /** Two changes of one payee at once: the second waits here, for there is no row to lock before the first account. */
    private static final String LOCK = """
            SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('payout account of ' || $1::text, 0))
            """;

    private static final String NEWEST = """
            SELECT %s
            FROM payout_account
            WHERE user_id = $1
            ORDER BY version DESC
            LIMIT 1
            """.formatted(StoredAccount.COLUMNS);

    /** When the last but so many of the changes since then was; nothing when there were fewer. */
    private static final String EARLIER_CHANGE = """
            SELECT changed_at
            FROM payout_account
            WHERE user_id = $1 AND changed_at > $2
            ORDER BY version DESC
            LIMIT 1 OFFSET $3
            """;

    private static final String SUPERSEDE = """
            UPDATE payout_account
            SET status = 'REJECTED', reason = 'It was replaced before it was verified.', next_check_at = NULL
            WHERE user_id = $1 AND status = 'PENDING'
            """;

    private static final String ADD = """
            INSERT INTO payout_account (
              user_id, version, kind, holder, sealed_number, key_id, masked_number, status, changed_at, next_check_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'PENDING', $8, $9)
            RETURNING %s
            """.formatted(StoredAccount.COLUMNS);

    private static final String DECIDE = """
            UPDATE payout_account
            SET status = $3, reason = $4, next_check_at = NULL
            WHERE user_id = $1 AND version = $2 AND status = 'PENDING'
            """;

    private final Pool pool;
    private final AccountSeal seal;
    private final Audit audit;
    private final AccountSettings settings;
    private final Clock clock;

    PayoutAccounts(Pool pool, AccountSeal seal, Audit audit, AccountSettings settings, Clock clock) {
        this.pool = pool;
        this.seal = seal;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes this the payee's account. The one it is already stays as it is, so that a repeat does not begin a new
     * verification; one that was rejected does, for the payee asks to look again. Too many changes within a while throw
     * {@link Problem#TOO_MANY_CHANGES}.
     */
    Uni<StoredAccount> put(String userId, PayoutAccount wanted) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(userId))
                .chain(() -> connection.preparedQuery(NEWEST).execute(Tuple.of(userId)))
                .map(PayoutAccounts::first)
                .chain(newest -> newest.filter(account -> isStill(account, wanted))
                        .map(account -> Uni.createFrom().item(account))
                        .orElseGet(() ->
                                requireRoom(connection, userId).chain(() -> add(connection, userId, newest, wanted)))));
    }

    private Uni<Void> requireRoom(SqlConnection connection, String userId) {
        Instant now = clock.instant();
        Tuple values = Tuple.of(
                userId, now.minus(settings.changesWithin()).atOffset(ZoneOffset.UTC), settings.mostChanges() - 1);
        return connection
                .preparedQuery(EARLIER_CHANGE)
                .execute(values)
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        Instant earlier = rows.iterator()
                                .next()
                                .getOffsetDateTime("changed_at")
                                .toInstant();
                        throw tooMany(Duration.between(now, earlier.plus(settings.changesWithin())));
                    }
                })
                .replaceWithVoid();
    }

    private ProblemException tooMany(Duration wait) {
        return Problem.TOO_MANY_CHANGES.because(
                "At most %d changes count within %s.".formatted(settings.mostChanges(), settings.changesWithin()),
                wait.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS));
    }

    Uni<Optional<StoredAccount>> newest(String userId) {
        return pool.preparedQuery(NEWEST).execute(Tuple.of(userId)).map(PayoutAccounts::first);
    }

    /** Stores what the provider found, unless somebody did meanwhile. */
    Uni<Boolean> decide(StoredAccount account, Verdict verdict) {
        Status status = verdict.valid() ? Status.VERIFIED : Status.REJECTED;
        Tuple values = Tuple.of(account.userId(), account.version(), status.name(), verdict.reason());
        return pool.preparedQuery(DECIDE).execute(values).map(rows -> rows.rowCount() > 0);
    }

    private boolean isStill(StoredAccount account, PayoutAccount wanted) {
        try {
            return account.status() != Status.REJECTED && account.open(seal).equals(wanted);
        } catch (AccountSeal.DoesNotOpen e) {
            return false; // Whatever it was: the payee must be able to give another.
        }
    }

    private Uni<StoredAccount> add(
            SqlConnection connection, String userId, Optional<StoredAccount> before, PayoutAccount wanted) {
        int version = before.map(StoredAccount::version).orElse(0) + 1;
        return connection
                .preparedQuery(SUPERSEDE)
                .execute(Tuple.of(userId))
                .chain(() -> connection.preparedQuery(ADD).execute(row(userId, version, wanted)))
                .map(rows -> StoredAccount.of(rows.iterator().next()))
                .call(() -> audit.record(
                        connection,
                        userId,
                        Action.PAYOUT_ACCOUNT_CHANGED,
                        userId,
                        "version " + version + ", " + wanted.kind()));
    }

    private Tuple row(String userId, int version, PayoutAccount wanted) {
        Sealed number = seal.seal(userId, wanted.number());
        Instant now = clock.instant();
        return Tuple.from(Arrays.asList(
                userId,
                version,
                wanted.kind().name(),
                wanted.holder(),
                number.text(),
                number.keyId(),
                wanted.number().masked(),
                now.atOffset(ZoneOffset.UTC),
                now.plus(settings.firstRetry()).atOffset(ZoneOffset.UTC)));
    }

    private static Optional<StoredAccount> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(StoredAccount::of)
                .findFirst();
    }
}
