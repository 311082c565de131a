package io.livesale.payout.earnings;

import io.livesale.payout.Money;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Period;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Reads what a person earned day by day: of the sales paid on each day what is left after refunds. */
@ApplicationScoped
class Income {
    /** The days are told by their beginnings: the zone's rules are Java's alone. */
    private static final String BY_DAY = """
            SELECT
              width_bucket(paid_at, $4::timestamptz[]) AS day, currency,
              count(DISTINCT order_id) AS sales, sum(amount)::bigint AS amount
            FROM (
              SELECT order_id, paid_at, currency, seller_net - coalesce(net_reversed, 0) AS amount
              FROM sale
              LEFT JOIN order_standing USING (order_id)
              WHERE seller_id = $1 AND paid_at >= $2 AND paid_at < $3
              UNION ALL
              SELECT order_id, paid_at, currency, commission - coalesce(commission_reversed, 0)
              FROM sale
              LEFT JOIN order_standing USING (order_id)
              WHERE creator_id = $1 AND paid_at >= $2 AND paid_at < $3) AS earned
            GROUP BY day, currency
            ORDER BY day, currency
            """;

    /** What one day's sales brought one person. */
    @Schema(name = "DayOfIncome")
    record Day(
            LocalDate day,
            long sales,

            @Schema(description = "As seller and as creator, net of refunds.")
            Money amount) {
        private static Day of(Row row, Period period) {
            return new Day(
                    period.from().plusDays(row.getInteger("day") - 1),
                    row.getLong("sales"),
                    new Money(row.getLong("amount"), Currency.getInstance(row.getString("currency"))));
        }
    }

    private final Pool pool;
    private final PayoutSettings settings;

    Income(Pool pool, PayoutSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Days without sales are left out. */
    Uni<List<Day>> of(String userId, Period period) {
        ZoneId zone = settings.zone();
        Tuple values = Tuple.of(userId, period.begin(zone), period.end(zone), period.dayStarts(zone));
        return pool.preparedQuery(BY_DAY)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> Day.of(row, period))
                        .toList());
    }
}
