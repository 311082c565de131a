package io.livesale.payout.impact;

import io.livesale.payout.Money;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Period;
import io.livesale.payout.Problem;
import io.livesale.payout.impact.ImpactReport.Earners;
import io.livesale.payout.impact.ImpactReport.Line;
import io.livesale.payout.impact.ImpactReport.SessionResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Counts a report from the sales themselves, each time anew, in three statements that see the ledger at one moment. What
 * comes back is bounded by days, counties and programmes, however many sales there were.
 */
@ApplicationScoped
class Impact {
    /** Each sale once, summed up in four ways. The days are told by their beginnings: the zone's rules are Java's alone. */
    private static final String LINES = """
            SELECT
              CASE
                WHEN GROUPING(county) = 0 THEN 'COUNTY'
                WHEN GROUPING(day) = 0 THEN 'DAY'
                WHEN GROUPING(programme_id) = 0 THEN 'PROGRAMME'
                ELSE 'TOTAL'
              END AS part,
              county, designated, day, programme_id, currency,
              count(*) AS orders,
              sum(units) AS units,
              sum(gross)::bigint AS gross,
              sum(commission)::bigint AS commission,
              sum(seller_net)::bigint AS seller_net,
              sum(fee)::bigint AS fee,
              sum(waived_fee)::bigint AS waived_fee
            FROM (
              SELECT *, width_bucket(paid_at, $1::timestamptz[]) - 1 AS day
              FROM sale_left
              WHERE paid_at >= $2 AND paid_at < $3 AND stands) AS line
            GROUP BY GROUPING SETS (
              (currency), (county, designated, currency), (day, currency), (programme_id, currency))
            HAVING GROUPING(programme_id) = 1 OR programme_id IS NOT NULL
            ORDER BY part, day, county, designated, programme_id, currency
            """;

    private static final String EARNERS = """
            SELECT count(*) AS total, count(*) FILTER (WHERE designated) AS designated
            FROM (
              SELECT earner, bool_or(earning.designated) AS designated
              FROM sale_left
              CROSS JOIN LATERAL (
                VALUES (seller_id, seller_net, seller_designated), (creator_id, commission, creator_designated))
                AS earning (earner, amount, designated)
              WHERE paid_at >= $1 AND paid_at < $2 AND amount > 0
              GROUP BY earner) AS person
            """;

    private static final String SESSIONS = """
            WITH opened AS (
              SELECT
                session_id, creator_id, currency,
                min(opened_at) AS opened_at,
                coalesce(sum(orders), 0)::bigint AS orders,
                CASE
                  WHEN bool_and(sold_out_at IS NOT NULL) FILTER (WHERE kind = 'PRODUCT')
                  THEN max(sold_out_at) - min(opened_at) FILTER (WHERE kind = 'PRODUCT')
                END AS sold_out_after
              FROM offer
              LEFT JOIN offer_sales USING (offer_id)
              WHERE session_id IN (SELECT session_id FROM offer WHERE opened_at >= $1 AND opened_at < $2)
              GROUP BY session_id, creator_id, currency
              ORDER BY min(opened_at) DESC, session_id, currency
              LIMIT $3)
            SELECT
              opened.session_id, opened.creator_id, opened.currency, opened.opened_at, opened.orders,
              floor(extract(epoch FROM opened.sold_out_after))::bigint AS sold_out_after_seconds,
              count(sale.order_id) AS accepted,
              coalesce(sum(sale.units) FILTER (WHERE sale.stands), 0) AS units,
              coalesce(sum(sale.gross), 0)::bigint AS gross
            FROM opened
            LEFT JOIN sale_left AS sale
              ON sale.session_id = opened.session_id
              AND sale.currency = opened.currency
            GROUP BY
              opened.session_id, opened.creator_id, opened.currency, opened.opened_at, opened.orders, opened.sold_out_after
            ORDER BY opened.opened_at DESC, opened.session_id, opened.currency
            """;

    /** The SQLSTATE. */
    private static final String QUERY_CANCELED = "57014";

    /** More than a person looks through; whoever wants older ones asks for an earlier time. */
    private static final int MOST_SESSIONS = 500;

    private enum Part {
        TOTAL,
        COUNTY,
        DAY,
        PROGRAMME
    }

    private final Pool pool;
    private final ZoneId zone;

    Impact(Pool pool, PayoutSettings settings) {
        this.pool = pool;
        this.zone = settings.zone();
    }

    Uni<ImpactReport> of(Period period) {
        OffsetDateTime[] days = period.dayStarts(zone);
        OffsetDateTime from = days[0];
        OffsetDateTime end = period.end(zone);
        return pool.withTransaction(connection -> atOneMoment(connection)
                        .chain(() -> Impact.<Row>read(connection, LINES, Tuple.of(days, from, end), row -> row))
                        .chain(lines -> read(connection, EARNERS, Tuple.of(from, end), Impact::earners)
                                .chain(earners -> read(
                                                connection,
                                                SESSIONS,
                                                Tuple.of(from, end, MOST_SESSIONS),
                                                Impact::session)
                                        .map(sessions -> report(period, earners.get(0), lines, sessions)))))
                .onFailure(Impact::wasCutOff)
                .transform(failure -> Problem.REPORT_TOO_LARGE.because(
                        "A report of these days takes too long; ask for fewer of them."));
    }

    /** By the connection's statement_timeout. */
    private static boolean wasCutOff(Throwable failure) {
        return failure instanceof PgException refusal && QUERY_CANCELED.equals(refusal.getSqlState());
    }

    private static Uni<RowSet<Row>> atOneMoment(SqlConnection connection) {
        return connection
                .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                .execute();
    }

    private static <T> Uni<List<T>> read(
            SqlConnection connection, String query, Tuple values, Function<Row, T> mapper) {
        return connection
                .preparedQuery(query)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(mapper)
                        .toList());
    }

    private static ImpactReport report(Period period, Earners earners, List<Row> rows, List<SessionResult> sessions) {
        Map<Part, List<Line>> parts = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> Part.valueOf(row.getString("part")),
                        Collectors.mapping(row -> line(row, period), Collectors.toList())));
        return new ImpactReport(
                period.from(),
                period.to(),
                earners,
                parts.getOrDefault(Part.TOTAL, List.of()),
                parts.getOrDefault(Part.COUNTY, List.of()),
                parts.getOrDefault(Part.DAY, List.of()),
                parts.getOrDefault(Part.PROGRAMME, List.of()),
                sessions);
    }

    private static Line line(Row row, Period period) {
        Integer day = row.getInteger("day");
        return new Line(
                row.getString("county"),
                row.getBoolean("designated"),
                day == null ? null : period.from().plusDays(day),
                row.getString("programme_id"),
                Currency.getInstance(row.getString("currency")),
                row.getLong("orders"),
                row.getLong("units"),
                money(row, "gross"),
                money(row, "commission"),
                money(row, "seller_net"),
                money(row, "fee"),
                money(row, "waived_fee"));
    }

    private static Earners earners(Row row) {
        return new Earners(row.getLong("total"), row.getLong("designated"));
    }

    private static SessionResult session(Row row) {
        return new SessionResult(
                row.getUUID("session_id"),
                row.getString("creator_id"),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getLong("orders"),
                row.getLong("accepted"),
                row.getLong("units"),
                money(row, "gross"),
                row.getLong("sold_out_after_seconds"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.getLong(column), Currency.getInstance(row.getString("currency")));
    }
}
