package io.livesale.payout;

import io.livesale.payout.Payout.Status;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stored payouts. Every change goes through here, inside the caller's transaction, and leaves a line in the timeline
 * and an event in the outbox, however many payouts change at once.
 */
@ApplicationScoped
public class Payouts {
    /** What {@link #payout} reads. */
    public static final String COLUMNS = """
            payout.id, payout.settlement_id, payout.user_id, payout.currency, payout.amount, payout.account_version,
            payout.status, payout.reason, payout.version, payout.created_at, payout.next_call_at""";

    private static final String MAKE = """
            INSERT INTO payout (
              id, settlement_id, user_id, currency, amount, account_version, status, reason, version, created_at,
              next_call_at)
            SELECT *
            FROM unnest(
              $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::integer[], $7::text[], $8::text[],
              $9::integer[], $10::timestamptz[], $11::timestamptz[])
            """;

    private static final String CHANGE = """
            UPDATE payout
            SET status = change.status, reason = change.reason, version = change.version,
                next_call_at = change.next_call_at,
                contradiction = CASE WHEN contradiction_open AND contradiction <> change.status THEN contradiction END,
                contradiction_open = contradiction_open AND contradiction <> change.status
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::timestamptz[])
              AS change (id, status, reason, version, next_call_at)
            WHERE payout.id = change.id AND payout.version = change.version - 1
            """;

    private static final String CATCH_UP = MAKE + """
            ON CONFLICT (id) DO UPDATE
              SET status = excluded.status, reason = excluded.reason, version = excluded.version,
                  next_call_at = excluded.next_call_at,
                  contradiction = CASE
                    WHEN payout.contradiction_open AND payout.contradiction <> excluded.status THEN payout.contradiction
                  END,
                  contradiction_open = payout.contradiction_open AND payout.contradiction <> excluded.status
            """;

    private static final String REMEMBER = """
            INSERT INTO payout_change (payout_id, version, status, reason, changed_by, changed_at)
            SELECT *
            FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
            """;

    private static final String LOCK = """
            SELECT %s
            FROM payout
            WHERE id = $1
            FOR UPDATE
            """.formatted(COLUMNS);

    private final Outbox outbox;

    Payouts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Stores new payouts. The caller posts their {@link Payout#setAside}. */
    public Uni<Void> make(SqlConnection connection, List<Payout> made, Instant at) {
        return connection.preparedQuery(MAKE).execute(whole(made)).chain(done -> tell(connection, made, null, at));
    }

    /**
     * Stores payouts as they were told of, whether they are known as they were before, or not at all. Nobody is told again.
     * The caller has locked those that are known, and posts what moves their money.
     *
     * @param by the operator who has this done
     */
    public Uni<Void> catchUp(SqlConnection connection, List<Payout> told, String by, Instant at) {
        return connection
                .preparedQuery(CATCH_UP)
                .execute(whole(told))
                .chain(done -> remember(connection, told, by, at));
    }

    private static Tuple whole(List<Payout> payouts) {
        return Columns.of(payouts)
                .uuids(Payout::payoutId)
                .texts(Payout::settlementId)
                .texts(Payout::userId)
                .currencies(Payout::amount)
                .amounts(Payout::amount)
                .integers(Payout::accountVersion)
                .texts(payout -> payout.status().name())
                .texts(Payout::reason)
                .integers(Payout::version)
                .times(Payout::createdAt)
                .times(Payout::nextCallAt)
                .tuple();
    }

    /** One payout, for as long as the caller's transaction nobody else's to change. */
    public Uni<Optional<Payout>> lock(SqlConnection connection, UUID payoutId) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(payoutId))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(payout(rows.iterator().next())));
    }

    /**
     * Stores payouts as they are after one change each; the caller has locked them.
     *
     * @param by the operator who changed them; absent when the service did by itself
     */
    public Uni<Void> change(SqlConnection connection, List<Payout> changed, @Nullable String by, Instant at) {
        Tuple columns = Columns.of(changed)
                .uuids(Payout::payoutId)
                .texts(payout -> payout.status().name())
                .texts(Payout::reason)
                .integers(Payout::version)
                .times(Payout::nextCallAt)
                .tuple();
        return connection
                .preparedQuery(CHANGE)
                .execute(columns)
                .invoke(rows -> requireAll(rows.rowCount(), changed.size()))
                .chain(done -> tell(connection, changed, by, at));
    }

    private Uni<Void> tell(SqlConnection connection, List<Payout> changed, @Nullable String by, Instant at) {
        List<PayoutEvent> events =
                changed.stream().map(payout -> PayoutEvent.of(payout, at)).toList();
        return remember(connection, changed, by, at).chain(() -> outbox.append(connection, events));
    }

    private static Uni<Void> remember(SqlConnection connection, List<Payout> changed, @Nullable String by, Instant at) {
        Tuple columns = Columns.of(changed)
                .uuids(Payout::payoutId)
                .integers(Payout::version)
                .texts(payout -> payout.status().name())
                .texts(Payout::reason)
                .texts(payout -> by)
                .times(payout -> at)
                .tuple();
        return connection.preparedQuery(REMEMBER).execute(columns).replaceWithVoid();
    }

    /** A payout as it is stored. */
    public static Payout payout(Row row) {
        OffsetDateTime nextCallAt = row.getOffsetDateTime("next_call_at");
        return new Payout(
                row.getUUID("id"),
                row.getString("settlement_id"),
                row.getString("user_id"),
                new Money(row.getLong("amount"), Currency.getInstance(row.getString("currency"))),
                row.getInteger("account_version"),
                Status.valueOf(row.getString("status")),
                row.getString("reason"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                nextCallAt == null ? null : nextCallAt.toInstant());
    }

    private static void requireAll(int stored, int asked) {
        if (stored != asked) {
            throw new IllegalStateException((asked - stored) + " payouts were changed by somebody else");
        }
    }
}
