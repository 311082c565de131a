package io.livesale.payout.earnings;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Money;
import io.livesale.payout.earnings.MonthlyStatement.Standings;
import io.livesale.payout.earnings.MonthlyStatement.Total;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Adds up one person's month, from the postings and nothing else. */
@ApplicationScoped
class MonthlyStatements {
    /** One statement, hence one snapshot: rows of a stage before and in the month, and rows of a kind in the month. */
    private static final String SUMS = """
            WITH own AS (
              SELECT name, stage
              FROM unnest($1::text[], $2::text[]) AS own (name, stage)
            ), moved AS (
              SELECT stage, kind, transaction_id, amount
              FROM own
              JOIN posting ON account = own.name
              JOIN ledger_transaction ON ledger_transaction.id = transaction_id
              WHERE account LIKE 'party:%' AND currency = $3 AND posting.posted_at >= $4 AND posting.posted_at < $5
            )
            SELECT stage, NULL AS kind, true AS opening, sum(amount)::bigint AS amount, 0::bigint AS movements
            FROM own
            JOIN posting ON account = own.name
            WHERE account LIKE 'party:%' AND currency = $3 AND posting.posted_at < $4
            GROUP BY stage
            UNION ALL
            SELECT stage, NULL, false, sum(amount)::bigint, 0
            FROM moved
            GROUP BY stage
            UNION ALL
            SELECT
              NULL, kind, false,
              coalesce(sum(amount) FILTER (WHERE stage <> 'PAID'), 0)::bigint,
              count(DISTINCT transaction_id)
            FROM moved
            GROUP BY kind
            ORDER BY kind
            """;

    private final Pool pool;
    private final Horizon horizon;

    MonthlyStatements(Pool pool, Horizon horizon) {
        this.pool = pool;
        this.horizon = horizon;
    }

    Uni<MonthlyStatement> of(String userId, Month month, Currency currency) {
        return horizon.upTo(month.until()).chain(until -> upTo(until, userId, month, currency));
    }

    private Uni<MonthlyStatement> upTo(Instant until, String userId, Month month, Currency currency) {
        Tuple values = Tuple.of(
                Movements.accounts(userId, Stream.of(Stage.values())),
                Stream.of(Stage.values()).map(Stage::name).toArray(String[]::new),
                currency.getCurrencyCode(),
                month.from().atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC));
        return pool.preparedQuery(SUMS).execute(values).map(rows -> statement(rows, month, until, currency));
    }

    private static MonthlyStatement statement(RowSet<Row> rows, Month month, Instant upTo, Currency currency) {
        Map<Stage, Long> opening = new EnumMap<>(Stage.class);
        Map<Stage, Long> closing = new EnumMap<>(Stage.class);
        List<Total> totals = new ArrayList<>();
        for (Row row : rows) {
            long amount = row.getLong("amount");
            if (row.getString("kind") != null) {
                totals.add(new Total(row.getString("kind"), row.getLong("movements"), new Money(amount, currency)));
                continue;
            }
            Stage stage = Stage.valueOf(row.getString("stage"));
            closing.merge(stage, amount, Math::addExact);
            if (row.getBoolean("opening")) {
                opening.put(stage, amount);
            }
        }
        return new MonthlyStatement(
                month.name().toString(),
                currency,
                month.zone().getId(),
                month.from(),
                month.until(),
                upTo,
                Standings.of(currency, opening),
                Standings.of(currency, closing),
                totals);
    }
}
