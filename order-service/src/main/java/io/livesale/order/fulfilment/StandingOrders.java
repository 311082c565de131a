package io.livesale.order.fulfilment;

import io.livesale.order.Money;
import io.livesale.order.Order.Refund;
import io.livesale.order.Order.Shipment;
import io.livesale.order.Order.Status;
import io.livesale.order.Problem;
import io.livesale.order.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Finds the order that somebody asks something of. Whose it is, is part of the query: a stranger is told {@link
 * Problem#NOT_FOUND}.
 */
@Singleton
class StandingOrders {
    private static final String SELECT = """
            SELECT o.order_id, o.offer_id, o.status, o.total_amount, o.total_currency, o.shipment::text AS shipment,
                   o.complete_at, o.refunds::text AS refunds
            FROM orders o
            """;

    private final Pool pool;

    StandingOrders(Pool pool) {
        this.pool = pool;
    }

    Uni<StandingOrder> require(UUID orderId) {
        return pool.preparedQuery(SELECT + "WHERE o.order_id = $1")
                .execute(Tuple.of(orderId))
                .map(StandingOrders::only);
    }

    Uni<StandingOrder> requireOfBuyer(UUID orderId, String buyerId) {
        return pool.preparedQuery(SELECT + """
                        WHERE o.order_id = $1
                          AND o.buyer_id = $2
                        """)
                .execute(Tuple.of(orderId, buyerId))
                .map(StandingOrders::only);
    }

    Uni<StandingOrder> requireOfSeller(UUID orderId, String sellerId) {
        return pool.preparedQuery(SELECT + """
                        JOIN offer f ON f.offer_id = o.offer_id
                        WHERE o.order_id = $1
                          AND f.seller_id = $2
                        """)
                .execute(Tuple.of(orderId, sellerId))
                .map(StandingOrders::only);
    }

    private static StandingOrder only(RowSet<Row> rows) {
        return Rows.first(rows, StandingOrders::order)
                .orElseThrow(() -> Problem.NOT_FOUND.because("You have no such order, or it is still in line."));
    }

    private static StandingOrder order(Row row) {
        return new StandingOrder(
                row.getUUID("order_id"),
                row.getUUID("offer_id"),
                Status.valueOf(row.getString("status")),
                Money.ofColumns(row.getLong("total_amount"), row.getString("total_currency")),
                Rows.json(row, "shipment", Shipment.class),
                Rows.instant(row, "complete_at"),
                Rows.jsonList(row, "refunds", Refund[].class));
    }
}
