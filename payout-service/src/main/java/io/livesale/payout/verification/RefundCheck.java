package io.livesale.payout.verification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;

/** Compares what refunds took back from each account with what the orders' standings say they did. */
@Singleton
class RefundCheck {
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
              GROUP BY ledger_transaction.order_id) AS posted
            FULL JOIN (
              SELECT
                standing.order_id, refunded, fee_reversed AS fee, gross,
                net_reversed + CASE WHEN seller_id = creator_id THEN commission_reversed ELSE 0 END AS from_seller,
                commission_reversed + CASE WHEN seller_id = creator_id THEN net_reversed ELSE 0 END AS from_creator
              FROM order_standing AS standing
              LEFT JOIN sale ON sale.order_id = standing.order_id
              WHERE refunded <> 0) AS told USING (order_id)
            WHERE (posted.refunded, posted.fee, posted.from_seller, posted.from_creator)
                IS DISTINCT FROM (told.refunded, told.fee, told.from_seller, told.from_creator)
              OR (told.refunded <= told.gross) IS NOT TRUE
            """;

    Uni<Void> check(SqlConnection connection, Findings findings) {
        return connection
                .query(WRONG)
                .execute()
                .invoke(rows -> findings.wrongRefunds = rows.iterator().next().getLong("wrong"))
                .replaceWithVoid();
    }
}
