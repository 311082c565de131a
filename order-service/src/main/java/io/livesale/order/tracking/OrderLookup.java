package io.livesale.order.tracking;

import io.livesale.order.Money;
import io.livesale.order.Order;
import io.livesale.order.Order.Refund;
import io.livesale.order.Order.Rejection;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderView;
import io.livesale.order.Rows;
import io.livesale.order.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads decided orders. Who may see an order is part of the query, so a stranger finds nothing. */
@Singleton
class OrderLookup {
    private static final String SELECT = """
            SELECT o.order_id, o.offer_id, o.buyer_id, o.quantity, o.status, o.reason, o.total_amount,
                   o.total_currency, o.accepted_at, o.pay_by, o.ship_to::text AS ship_to,
                   o.shipment::text AS shipment, o.complete_at, o.refunds::text AS refunds,
                   o.later_entries::text AS later_entries
            FROM orders o
            """;

    /**
     * A page of each status that is wanted, row by row backwards through the list's index, and of these the newest: so a
     * page costs no more than a page of each status, however many orders there are and however few of a status.
     */
    private static final String PAGE = """
            SELECT found.*
            FROM unnest($2::text[]) AS wanted (status)
            CROSS JOIN LATERAL (
                %s
                WHERE %s
                  AND o.status = wanted.status
                  AND (o.accepted_at, o.order_id) < ($3, $4)
                ORDER BY o.accepted_at DESC, o.order_id DESC
                LIMIT $5) AS found
            ORDER BY found.accepted_at DESC, found.order_id DESC
            LIMIT $5
            """;

    static final String OF_BUYER = PAGE.formatted(SELECT, "o.buyer_id = $1");

    /** Its index holds no rejected orders. */
    static final String OF_OFFER = PAGE.formatted(SELECT, """
            o.offer_id = $1
            AND o.status <> 'REJECTED'
            AND ($6::text IS NULL OR EXISTS (SELECT FROM offer f WHERE f.offer_id = $1 AND f.seller_id = $6))
            """);

    private final Pool pool;

    OrderLookup(Pool pool) {
        this.pool = pool;
    }

    /** For whoever knows already that the order is the caller's own. */
    Uni<Optional<OrderView>> find(UUID orderId) {
        return pool.preparedQuery(SELECT + "WHERE o.order_id = $1")
                .execute(Tuple.of(orderId))
                .map(rows -> Rows.first(rows, OrderLookup::view));
    }

    /** Those of the orders that are decided, for whoever may see them. */
    Uni<List<OrderView>> findAll(UUID[] orderIds) {
        return pool.preparedQuery(SELECT + "WHERE o.order_id = ANY ($1)")
                .execute(Tuple.tuple().addArrayOfUUID(orderIds))
                .map(rows -> Rows.all(rows, OrderLookup::view));
    }

    /** A page of a buyer's orders. */
    Uni<List<OrderView>> ofBuyer(String buyerId, PageRequest page) {
        return pool.preparedQuery(OF_BUYER)
                .execute(withPage(Tuple.of(buyerId), page))
                .map(rows -> Rows.all(rows, OrderLookup::view));
    }

    /**
     * A page of an offer's orders.
     *
     * @param sellerId whose offer it must be; empty: anybody's
     */
    Uni<List<OrderView>> ofOffer(UUID offerId, Optional<String> sellerId, PageRequest page) {
        return pool.preparedQuery(OF_OFFER)
                .execute(withPage(Tuple.of(offerId), page).addString(sellerId.orElse(null)))
                .map(rows -> Rows.all(rows, OrderLookup::view).stream()
                        .map(order -> sellerId.map(order::shownToSeller).orElse(order))
                        .toList());
    }

    private static Tuple withPage(Tuple values, PageRequest page) {
        return values.addArrayOfString(page.statuses().stream().map(Enum::name).toArray(String[]::new))
                .addOffsetDateTime(page.after().acceptedAt().atOffset(ZoneOffset.UTC))
                .addUUID(page.after().orderId())
                .addInteger(page.rowsToFetch());
    }

    /** For the order's buyer. */
    Uni<Optional<OrderView>> findOwn(UUID orderId, String buyerId) {
        return pool.preparedQuery(SELECT + """
                        WHERE o.order_id = $1
                          AND o.buyer_id = $2
                        """)
                .execute(Tuple.of(orderId, buyerId))
                .map(rows -> Rows.first(rows, OrderLookup::view));
    }

    /** For the order's buyer and the offer's seller. */
    Uni<Optional<OrderView>> findOwnOrSold(UUID orderId, String userId) {
        return pool.preparedQuery(SELECT + """
                        LEFT JOIN offer f ON f.offer_id = o.offer_id
                        WHERE o.order_id = $1
                          AND (o.buyer_id = $2 OR f.seller_id = $2)
                        """)
                .execute(Tuple.of(orderId, userId))
                .map(rows -> Rows.first(rows, OrderLookup::view).map(order -> order.shownToSeller(userId)));
    }

    private static OrderView view(Row row) {
        String reason = row.getString("reason");
        Rejection rejection = reason == null ? null : Rejection.valueOf(reason);
        Money total = Money.ofColumns(row.getLong("total_amount"), row.getString("total_currency"));
        Refund[] refunds = Rows.json(row, "refunds", Refund[].class);
        List<TimelineEntry> timeline = TimelineEntry.whole(
                row.getOffsetDateTime("accepted_at").toInstant(),
                rejection,
                Rows.jsonList(row, "later_entries", TimelineEntry[].class));
        return new OrderView(
                row.getUUID("order_id"),
                row.getUUID("offer_id"),
                row.getString("buyer_id"),
                row.getInteger("quantity"),
                Order.Status.valueOf(row.getString("status")),
                rejection,
                total,
                Rows.instant(row, "pay_by"),
                Rows.json(row, "ship_to", ShipTo.class),
                Rows.json(row, "shipment", Shipment.class),
                Rows.instant(row, "complete_at"),
                refunds == null ? null : List.of(refunds),
                null,
                timeline);
    }
}
