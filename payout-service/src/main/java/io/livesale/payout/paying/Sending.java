package io.livesale.payout.paying;

import io.livesale.payout.AccountSeal;
import io.livesale.payout.AccountSeal.Sealed;
import io.livesale.payout.Outbox;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.PayoutAccount;
import io.livesale.payout.PayoutAccount.Kind;
import io.livesale.payout.PayoutProvider;
import io.livesale.payout.PayoutProvider.Answer;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Sends what is due to the provider. That a payout leaves is committed before the provider hears of it, and with it when
 * to ask again: so whatever dies between the two, or before the answer is stored, is asked again under the same id, and
 * the provider pays it once. No connection is held while the provider takes its time.
 */
@ApplicationScoped
class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);

    /** Nothing new goes to a payee of whom the provider told otherwise: it may be the same money. */
    private static final String DUE = """
            SELECT %s, account.kind AS account_kind, account.holder, account.sealed_number, account.key_id
            FROM payout
            JOIN payout_account AS account
              ON account.user_id = payout.user_id AND account.version = payout.account_version
            WHERE payout.next_call_at <= $1
              AND (payout.status <> 'PENDING' OR NOT EXISTS (
                SELECT FROM payout AS doubtful
                WHERE doubtful.user_id = payout.user_id AND doubtful.contradiction_open))
            ORDER BY payout.next_call_at
            LIMIT $2
            FOR UPDATE OF payout SKIP LOCKED
            """.formatted(Payouts.COLUMNS);

    private static final String COUNT_CALL = """
            UPDATE payout
            SET calls = calls + 1,
                next_call_at = $2::timestamptz + least($3 * 2 ^ least(calls, 30), $4) * interval '1 second'
            WHERE id = ANY ($1)
            """;

    private static final String ASK_AGAIN = """
            UPDATE payout
            SET next_call_at = $2
            WHERE id = ANY ($1) AND status = 'IN_TRANSIT'
            """;

    private final Pool pool;
    private final Payouts payouts;
    private final PayoutProvider provider;
    private final PayoutEndings endings;
    private final AccountSeal seal;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final boolean paying;
    private final PayoutSettings.Sending settings;

    Sending(
            Pool pool,
            Payouts payouts,
            PayoutProvider provider,
            PayoutEndings endings,
            AccountSeal seal,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics,
            PayoutSettings settings) {
        this.pool = pool;
        this.payouts = payouts;
        this.provider = provider;
        this.endings = endings;
        this.seal = seal;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
        this.paying = settings.paying();
        this.settings = settings.sending();
    }

    /** A payout to ask the provider for, and the sealed account it goes to. */
    private record Call(Payout payout, Kind kind, String holder, Sealed number) {
        private static Call of(Row row) {
            return new Call(
                    Payouts.payout(row),
                    Kind.valueOf(row.getString("account_kind")),
                    row.getString("holder"),
                    new Sealed(row.getString("key_id"), row.getString("sealed_number")));
        }

        private UUID payoutId() {
            return payout.payoutId();
        }
    }

    @Scheduled(every = "{payout.sending.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sendDue() {
        if (!paying) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> claim().invoke(outbox::committed).call(this::callAll))
                .whilst(page -> page.size() == settings.page())
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("payouts not sent, again soon reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<List<Call>> claim() {
        Instant now = clock.instant();
        return pool.withTransaction(connection -> connection
                .preparedQuery(DUE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), settings.page()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Call::of)
                        .toList())
                .call(calls -> leave(connection, calls, now))
                .call(calls -> countCalls(connection, calls, now)));
    }

    private Uni<Void> leave(SqlConnection connection, List<Call> calls, Instant now) {
        List<Payout> leaving = calls.stream()
                .map(Call::payout)
                .filter(payout -> payout.status() == Status.PENDING)
                .map(payout -> payout.sent(now))
                .toList();
        return leaving.isEmpty() ? Uni.createFrom().voidItem() : payouts.change(connection, leaving, null, now);
    }

    private Uni<Void> countCalls(SqlConnection connection, List<Call> calls, Instant now) {
        Tuple values = Tuple.of(
                ids(calls.stream().map(Call::payoutId).toList()),
                now.atOffset(ZoneOffset.UTC),
                seconds(settings.firstRetry()),
                seconds(settings.longestRetry()));
        return connection.preparedQuery(COUNT_CALL).execute(values).replaceWithVoid();
    }

    private Uni<Void> callAll(List<Call> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndMerge(this::call)
                .collect()
                .asList()
                .chain(this::askAgainLater);
    }

    /** Its id if the provider has taken it and has yet to tell how it ends. Never fails: what does is asked again. */
    private Uni<UUID> call(Call call) {
        return Uni.createFrom()
                .deferred(() -> provider.pay(call.payoutId(), call.payout().amount(), account(call)))
                .chain(answer -> take(call.payoutId(), answer))
                .onFailure()
                .invoke(failure -> {
                    LOG.warnf(
                            "payout not sent or not answered, again later payoutId=%s reason=%s",
                            call.payoutId(), failure);
                    count("unanswered");
                })
                .onFailure()
                .recoverWithNull();
    }

    private PayoutAccount account(Call call) {
        return new PayoutAccount(
                call.kind(), call.holder(), seal.open(call.payout().userId(), call.number()));
    }

    private Uni<UUID> take(UUID payoutId, Answer answer) {
        count(answer.progress().name().toLowerCase(Locale.ROOT));
        return switch (answer.progress()) {
            case ACCEPTED -> Uni.createFrom().item(payoutId);
            case PAID -> endings.paid(payoutId).map(ended -> null);
            case FAILED ->
                endings.failed(payoutId, ProviderReason.of(answer.reason())).map(ended -> null);
        };
    }

    /** Their webhooks come sooner, unless one is lost. */
    private Uni<Void> askAgainLater(List<UUID> accepted) {
        if (accepted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant then = clock.instant().plus(settings.askAgain());
        return pool.preparedQuery(ASK_AGAIN)
                .execute(Tuple.of(ids(accepted), then.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private void count(String answer) {
        metrics.counter("payout.provider.calls", "answer", answer).increment();
    }

    private static UUID[] ids(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static double seconds(Duration pause) {
        return pause.toMillis() / 1000.0;
    }
}
