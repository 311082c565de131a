package io.livesale.payout.accounts;

import io.livesale.payout.AccountSeal;
import io.livesale.payout.AccountSeal.Sealed;
import io.livesale.payout.Columns;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Changes the key that account numbers are sealed with: seals anew, a page at a time, what an older key sealed, until
 * that key can be taken out of the settings. A start without a key that is still needed fails: found out later, it would
 * be when somebody is to be paid.
 */
@ApplicationScoped
class KeyChange {
    private static final Logger LOG = Logger.getLogger(KeyChange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String KEYS = """
            SELECT DISTINCT key_id
            FROM payout_account
            """;

    private static final String OLD = """
            SELECT %s
            FROM payout_account
            WHERE key_id <> $1 AND (user_id, version) > ($2, $3)
            ORDER BY user_id, version
            LIMIT $4
            FOR UPDATE SKIP LOCKED
            """.formatted(StoredAccount.COLUMNS);

    private static final String SEAL = """
            UPDATE payout_account
            SET sealed_number = change.sealed_number, key_id = change.key_id
            FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[])
              AS change (user_id, version, sealed_number, key_id)
            WHERE payout_account.user_id = change.user_id AND payout_account.version = change.version
            """;

    private final Pool pool;
    private final AccountSeal seal;
    private final AccountSettings settings;

    KeyChange(Pool pool, AccountSeal seal, AccountSettings settings) {
        this.pool = pool;
        this.seal = seal;
        this.settings = settings;
    }

    private record Change(StoredAccount account, Sealed anew) {}

    /** How far it is; a number that does not open is passed over, for those behind it do not deserve to wait. */
    private record Place(String userId, int version) {
        private static final Place FIRST = new Place("", 0);
    }

    /** The one place that waits: there is nothing to start with before it is known. */
    void requireKeys(@Observes StartupEvent start) {
        LOG.infof("account numbers are sealed with keyId=%s", seal.writingKey());
        pool.query(KEYS).execute().await().atMost(PATIENCE).forEach(row -> requireKey(row.getString("key_id")));
    }

    private void requireKey(String keyId) {
        if (!seal.hasKey(keyId)) {
            throw new IllegalStateException(
                    "payout.account-keys lacks the key " + keyId + ", which account numbers are sealed with");
        }
    }

    @Scheduled(every = "{payout.accounts.key-check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sealAnew() {
        AtomicReference<Place> done = new AtomicReference<>(Place.FIRST);
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.withTransaction(connection -> sealPage(connection, done.get()))
                        .invoke(page ->
                                page.forEach(account -> done.set(new Place(account.userId(), account.version())))))
                .whilst(page -> page.size() == settings.page())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("account numbers not sealed anew, again later reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<List<StoredAccount>> sealPage(SqlConnection connection, Place done) {
        return connection
                .preparedQuery(OLD)
                .execute(Tuple.of(seal.writingKey(), done.userId(), done.version(), settings.page()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StoredAccount::of)
                        .toList())
                .call(page -> store(
                        connection,
                        page.stream()
                                .map(this::change)
                                .flatMap(Optional::stream)
                                .toList()));
    }

    private Optional<Change> change(StoredAccount account) {
        try {
            Sealed anew = seal.seal(account.userId(), account.open(seal).number());
            return Optional.of(new Change(account, anew));
        } catch (AccountSeal.DoesNotOpen e) {
            return Optional.empty();
        }
    }

    private Uni<Void> store(SqlConnection connection, List<Change> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Columns.of(changes)
                .texts(change -> change.account().userId())
                .integers(change -> change.account().version())
                .texts(change -> change.anew().text())
                .texts(change -> change.anew().keyId())
                .tuple();
        return connection
                .preparedQuery(SEAL)
                .execute(columns)
                .invoke(() -> LOG.infof("account numbers sealed anew accounts=%d", changes.size()))
                .replaceWithVoid();
    }
}
