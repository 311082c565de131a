package io.livesale.order.processing;

import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order;
import io.livesale.order.Order.Refund;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand.OrderChange;
import io.livesale.order.Rows;
import io.livesale.order.Takings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reads of one batch, by the keys its commands name. */
final class BatchReads {
    private final SqlConnection connection;
    private final CommandBatch batch;

    BatchReads(SqlConnection connection, CommandBatch batch) {
        this.connection = connection;
        this.batch = batch;
    }

    /** The offset of the next command to decide; makes the partition's row where there is none. */
    Uni<Long> nextOffset() {
        return connection
                .preparedQuery("""
                        INSERT INTO partition_progress AS progress (partition, next_offset)
                        VALUES ($1, 0)
                        ON CONFLICT (partition) DO UPDATE SET next_offset = progress.next_offset
                        RETURNING next_offset
                        """)
                .execute(Tuple.of(batch.partition()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The batch's offers, but for those that are known already. */
    Uni<List<Offer>> offers(Set<UUID> known) {
        UUID[] ids = batch.offerIds().stream().filter(id -> !known.contains(id)).toArray(UUID[]::new);
        if (ids.length == 0) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery("""
                        SELECT terms::text AS terms, status, reserved, sold, orders, gross, commission, version
                        FROM offer
                        WHERE offer_id = ANY ($1)
                        """)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> Rows.all(rows, BatchReads::offer));
    }

    Uni<List<Order>> orders() {
        return connection
                .preparedQuery("""
                        SELECT order_id, offer_id, buyer_id, quantity, status, reason, total_amount, total_currency,
                               accepted_at, pay_by, payment_id, ship_to::text AS ship_to, shipment::text AS shipment,
                               complete_at, refunds::text AS refunds, sequence, traceparent
                        FROM orders
                        WHERE order_id = ANY ($1)
                        """)
                .execute(Tuple.tuple().addArrayOfUUID(batch.orderIds().toArray(UUID[]::new)))
                .map(rows -> Rows.all(rows, BatchReads::order));
    }

    /** Of those who place orders, and of those whose orders change. */
    Uni<Map<Allowance, Integer>> unitsHeld() {
        Set<Allowance> placing = batch.placing();
        UUID[] changing =
                batch.commands(OrderChange.class).map(OrderChange::orderId).toArray(UUID[]::new);
        return connection
                .preparedQuery("""
                        SELECT held.offer_id, held.buyer_id, held.units
                        FROM (SELECT offer_id, buyer_id
                              FROM unnest($1::uuid[], $2::text[]) AS placed (offer_id, buyer_id)
                              UNION
                              SELECT offer_id, buyer_id
                              FROM orders
                              WHERE order_id = ANY ($3)) AS wanted
                        JOIN buyer_units held USING (offer_id, buyer_id)
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(placing.stream().map(Allowance::offerId).toArray(UUID[]::new))
                        .addArrayOfString(
                                placing.stream().map(Allowance::buyerId).toArray(String[]::new))
                        .addArrayOfUUID(changing))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> new Allowance(row.getUUID("offer_id"), row.getString("buyer_id")),
                                row -> row.getInteger("units"))));
    }

    /** Events of this batch's commands that were decided before. */
    Uni<List<StoredEvent>> storedEvents() {
        return connection
                .preparedQuery("""
                        SELECT events
                        FROM event_batch
                        WHERE partition = $1
                          AND end_offset > $2
                          AND end_offset <= coalesce((SELECT min(end_offset)
                                                      FROM event_batch
                                                      WHERE partition = $1
                                                        AND end_offset >= $3), $3)
                        ORDER BY end_offset
                        """)
                .execute(Tuple.of(batch.partition(), batch.firstOffset(), batch.endOffset()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .flatMap(row ->
                                EventArchive.unpack(row.getBuffer("events").getBytes()).stream())
                        .filter(stored -> stored.offset() >= batch.firstOffset() && stored.offset() < batch.endOffset())
                        .toList());
    }

    private static Offer offer(Row row) {
        return new Offer(
                Json.read(row.getString("terms"), OfferTerms.class),
                Offer.Status.valueOf(row.getString("status")),
                row.getLong("reserved"),
                row.getLong("sold"),
                new Takings(row.getLong("orders"), row.getLong("gross"), row.getLong("commission")),
                row.getLong("version"));
    }

    private static Order order(Row row) {
        String reason = row.getString("reason");
        return new Order(
                row.getUUID("order_id"),
                row.getUUID("offer_id"),
                row.getString("buyer_id"),
                row.getInteger("quantity"),
                Order.Status.valueOf(row.getString("status")),
                reason == null ? null : Order.Rejection.valueOf(reason),
                Money.ofColumns(row.getLong("total_amount"), row.getString("total_currency")),
                row.getOffsetDateTime("accepted_at").toInstant(),
                Rows.instant(row, "pay_by"),
                row.getUUID("payment_id"),
                Rows.json(row, "ship_to", ShipTo.class),
                Rows.json(row, "shipment", Shipment.class),
                Rows.instant(row, "complete_at"),
                Rows.jsonList(row, "refunds", Refund[].class),
                row.getInteger("sequence"),
                row.getString("traceparent"));
    }
}
