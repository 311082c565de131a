package io.livesale.payout.earnings;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Money;
import io.livesale.payout.earnings.Movement.Move;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads one person's movements in the order in which the ledger took them, with what was owed after each. */
@ApplicationScoped
class Movements {
    /** What has arrived at the person's bank is no longer owed. */
    static final List<Stage> OWED = List.of(Stage.PENDING, Stage.AVAILABLE, Stage.RESERVED, Stage.IN_TRANSIT);

    /**
     * Each account walks its index from the place on and stops, so a late page costs what the first one does. A
     * transaction has at most two postings on an account, one as seller and one as creator.
     */
    private static final String AFTER = """
            SELECT line.*, kind, order_id, payout_id, occurred_at
            FROM (
              SELECT
                posting.posted_at, transaction_id,
                coalesce(sum(amount) FILTER (WHERE stage = 'PENDING'), 0)::bigint AS pending,
                coalesce(sum(amount) FILTER (WHERE stage = 'AVAILABLE'), 0)::bigint AS available,
                coalesce(sum(amount) FILTER (WHERE stage = 'RESERVED'), 0)::bigint AS reserved,
                coalesce(sum(amount) FILTER (WHERE stage = 'IN_TRANSIT'), 0)::bigint AS in_transit,
                coalesce(sum(amount) FILTER (WHERE stage = 'PAID'), 0)::bigint AS paid
              FROM unnest($1::text[], $2::text[]) AS own (name, stage)
              CROSS JOIN LATERAL (
                SELECT posted_at, transaction_id, amount
                FROM posting
                WHERE account = own.name AND account LIKE 'party:%' AND currency = $3
                  AND (posted_at, transaction_id) > ($4, $5) AND posted_at < $6
                ORDER BY posted_at, transaction_id
                LIMIT 2 * $7::integer) AS posting
              GROUP BY posting.posted_at, transaction_id
              ORDER BY posting.posted_at, transaction_id
              LIMIT $7::integer) AS line
            JOIN ledger_transaction ON ledger_transaction.id = line.transaction_id
            ORDER BY line.posted_at, line.transaction_id
            """;

    private static final String OWED_AT = """
            SELECT coalesce(sum(amount), 0)::bigint AS owed
            FROM posting
            WHERE account = ANY ($1) AND account LIKE 'party:%' AND currency = $2
              AND (posted_at, transaction_id) <= ($3, $4)
            """;

    private final Pool pool;

    Movements(Pool pool) {
        this.pool = pool;
    }

    /**
     * At most {@code limit} movements after that place and before that time.
     *
     * @param owed what was owed at that place, see {@link #owedAt}
     */
    Uni<List<Movement>> after(String userId, Currency currency, Booked place, Money owed, Instant until, int limit) {
        Stage[] stages = Stage.values();
        Tuple values = Tuple.from(Arrays.asList(
                accounts(userId, Stream.of(stages)),
                Stream.of(stages).map(Stage::name).toArray(String[]::new),
                currency.getCurrencyCode(),
                place.utc(),
                place.transactionId(),
                until.atOffset(ZoneOffset.UTC),
                limit));
        return pool.preparedQuery(AFTER).execute(values).map(rows -> movements(rows, owed));
    }

    /** What was owed to the person once everything up to that place was booked. */
    Uni<Money> owedAt(String userId, Currency currency, Booked place) {
        Tuple values = Tuple.of(
                accounts(userId, OWED.stream()), currency.getCurrencyCode(), place.utc(), place.transactionId());
        return pool.preparedQuery(OWED_AT)
                .execute(values)
                .map(rows -> new Money(rows.iterator().next().getLong("owed"), currency));
    }

    /** Where a movement stands, to go on from. */
    static Booked place(Movement movement) {
        return new Booked(movement.bookedAt(), Long.parseLong(movement.movementId()));
    }

    static String[] accounts(String userId, Stream<Stage> stages) {
        return stages.map(stage -> new Party(userId, stage).accountName()).toArray(String[]::new);
    }

    private static List<Movement> movements(RowSet<Row> rows, Money owed) {
        List<Movement> movements = new ArrayList<>(rows.size());
        Money balance = owed;
        for (Row row : rows) {
            Movement movement = movement(row, balance);
            movements.add(movement);
            balance = movement.balance();
        }
        return movements;
    }

    private static Movement movement(Row row, Money before) {
        Currency currency = before.currency();
        List<Move> moves = Stream.of(Stage.values())
                .map(stage -> new Move(stage, new Money(row.getLong(stage.name().toLowerCase(Locale.ROOT)), currency)))
                .filter(move -> move.amount().amount() != 0)
                .toList();
        Money change = moves.stream()
                .filter(move -> OWED.contains(move.stage()))
                .map(Move::amount)
                .reduce(Money.zero(currency), Money::plus);
        return new Movement(
                row.getLong("transaction_id").toString(),
                row.getString("kind"),
                row.getUUID("order_id"),
                row.getUUID("payout_id"),
                row.getOffsetDateTime("posted_at").toInstant(),
                row.getOffsetDateTime("occurred_at").toInstant(),
                change,
                before.plus(change),
                moves);
    }
}
