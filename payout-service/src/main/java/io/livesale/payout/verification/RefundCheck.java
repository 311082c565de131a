package io.livesale.payout.verification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Compares what refunds took back from each account with what the orders' standings say they did. */
@Singleton
class RefundCheck {
    /** Before all ids of orders, where a walk begins, and after them. */
    static final UUID FIRST = new UUID(0, 0);

    static final UUID LAST = new UUID(-1, -1);

    private static final String UNTIL = """
            SELECT order_id
            FROM (
              SELECT order_id FROM order_standing WHERE refunded <> 0 AND order_id > $1
              UNION ALL
              SELECT order_id FROM ledger_transaction WHERE kind = 'REFUND' AND order_id > $1) AS refunded
            ORDER BY order_id
            OFFSET $2
            LIMIT 1
            """;

    /** Before its release a sale's refund takes from what is pending, after it from what is available. */
    private static final String WRONG = """
            SELECT count(*) AS wrong
            FROM (
              SELECT
                ledger_transaction.order_id,
                sum(amount) FILTER (WHERE account = 'psp-clearing') AS refunded,
                coalesce(-sum(amount) FILTER (WHERE account = 'platform:fees'), 0) AS fee,
                coalesce(-sum(amount) FILTER (
                  WHERE account IN ('party:' || seller_id || ':pending', 'party:' || seller_id || ':available')), 0)
                  AS from_seller,
                coalesce(-sum(amount) FILTER (
                  WHERE account IN ('party:' || creator_id || ':pending', 'party:' || creator_id || ':available')), 0)
                  AS from_creator
              FROM ledger_transaction
              JOIN posting ON transaction_id = ledger_transaction.id
              LEFT JOIN sale ON sale.order_id = ledger_transaction.order_id
              WHERE ledger_transaction.kind = 'REFUND'
                AND ledger_transaction.order_id > $1 AND ledger_transaction.order_id <= $2
              GROUP BY ledger_transaction.order_id) AS posted
            FULL JOIN (
              SELECT
                standing.order_id, refunded, fee_reversed AS fee, gross,
                net_reversed + CASE WHEN seller_id = creator_id THEN commission_reversed ELSE 0 END AS from_seller,
                commission_reversed + CASE WHEN seller_id = creator_id THEN net_reversed ELSE 0 END AS from_creator
              FROM order_standing AS standing
              LEFT JOIN sale ON sale.order_id = standing.order_id
              WHERE refunded <> 0 AND standing.order_id > $1 AND standing.order_id <= $2) AS told USING (order_id)
            WHERE (posted.refunded, posted.fee, posted.from_seller, posted.from_creator)
                IS DISTINCT FROM (told.refunded, told.fee, told.from_seller, told.from_creator)
              OR (told.refunded <= told.gross) IS NOT TRUE
            """;

    /**
     * Compares the next orders.
     *
     * @param after the last that was compared
     * @param orders how many, about
     * @return the last that was compared now; {@link #LAST} when there are no more
     */
    Uni<UUID> next(SqlConnection connection, UUID after, int orders, Findings findings) {
        return connection
                .preparedQuery(UNTIL)
                .execute(Tuple.of(after, orders))
                .map(rows -> rows.size() == 0 ? LAST : rows.iterator().next().getUUID("order_id"))
                .call(until -> connection
                        .preparedQuery(WRONG)
                        .execute(Tuple.of(after, until))
                        .invoke(rows ->
                                findings.wrongRefunds += rows.iterator().next().getLong("wrong")));
    }
}
