package io.livesale.payout.earnings;

import io.livesale.payout.Page;
import io.livesale.payout.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads one person's sales, newest first. Whoever is seller and creator of a sale has two lines for it. */
@ApplicationScoped
class Entries {
    /** Of a sale, in each arm. */
    private static final String SALE = """
            order_id, offer_id, kind, currency, units, gross, fee, waived_fee, commission, seller_net, fee_basis_points,
            commission_basis_points, programme_id, paid_at""";

    /**
     * Each arm walks its index backwards from the position and stops, so a late page costs what the first one does. The
     * arms know no role and may begin with the position's own line, hence one more of each. What became of a sale since
     * its payment stands beside it; a sale of which nothing has been heard since has no standing.
     */
    private static final String OWN = """
            SELECT
              entry.order_id, entry.offer_id, entry.kind, entry.role, entry.currency, entry.units, entry.gross,
              entry.fee, entry.waived_fee, entry.commission, entry.seller_net, entry.fee_basis_points,
              entry.commission_basis_points, entry.programme_id, entry.paid_at,
              standing.delivered_at, standing.completed_at, standing.release_at, standing.released_at,
              standing.reserve_until, standing.reserve_freed_at,
              coalesce(standing.refunded, 0) AS refunded,
              coalesce(standing.fee_reversed, 0) AS fee_reversed,
              coalesce(standing.commission_reversed, 0) AS commission_reversed,
              coalesce(standing.net_reversed, 0) AS net_reversed,
              coalesce(standing.waived_reversed, 0) AS waived_reversed,
              coalesce(CASE entry.role WHEN 'SELLER' THEN standing.seller_reserve ELSE standing.creator_reserve END, 0)
                AS reserve
            FROM (
              (SELECT %1$s, 'SELLER' AS role
               FROM sale
               WHERE seller_id = $1 AND (paid_at, order_id) <= ($2, $3)
               ORDER BY paid_at DESC, order_id DESC
               LIMIT $5::integer + 1)
              UNION ALL
              (SELECT %1$s, 'CREATOR' AS role
               FROM sale
               WHERE creator_id = $1 AND (paid_at, order_id) <= ($2, $3)
               ORDER BY paid_at DESC, order_id DESC
               LIMIT $5::integer + 1)) AS entry
            LEFT JOIN order_standing AS standing ON standing.order_id = entry.order_id
            WHERE (entry.paid_at, entry.order_id, entry.role) < ($2, $3, $4)
            ORDER BY entry.paid_at DESC, entry.order_id DESC, entry.role DESC
            LIMIT $5::integer
            """.formatted(SALE);

    private final Pool pool;

    Entries(Pool pool) {
        this.pool = pool;
    }

    Uni<Page<Entry>> page(String userId, PageRequest<Position> asked) {
        Position after = Objects.requireNonNullElse(asked.after(), Position.NEWEST);
        Tuple values = Tuple.of(
                userId, after.paidAt().atOffset(ZoneOffset.UTC), after.orderId(), after.role(), asked.rowsToFetch());
        return pool.preparedQuery(OWN)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Entry::of)
                        .toList())
                .map(entries -> Page.of(asked, entries, Position::of, Function.identity()));
    }
}
