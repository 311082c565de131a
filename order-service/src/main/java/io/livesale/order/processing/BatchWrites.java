package io.livesale.order.processing;

import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.Order;
import io.livesale.order.OrderBook.Allowance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one batch: one statement per table, rows as columns of arrays. Only the partition's own writer changes
 * its offers and orders, so no two writers wait for each other; the one exception, one order id on two partitions,
 * violates the primary key, and the batch is decided again with the other's order in sight.
 */
final class BatchWrites {
    private final SqlConnection connection;
    private final int partition;

    BatchWrites(SqlConnection connection, int partition) {
        this.connection = connection;
        this.partition = partition;
    }

    Uni<Void> write(DecidedBatch decided, long nextOffset) {
        List<Uni<RowSet<Row>>> statements = new ArrayList<>();
        if (!decided.newOrders().isEmpty()) {
            statements.add(insertOrders(decided));
        }
        if (!decided.changedOrders().isEmpty()) {
            statements.add(updateOrders(decided));
        }
        if (!decided.changedOffers().isEmpty()) {
            statements.add(upsertOffers(decided.changedOffers()));
        }
        if (!decided.changedUnits().isEmpty()) {
            statements.add(upsertUnits(decided));
        }
        if (!decided.events().isEmpty()) {
            statements.add(insertEvents(decided.events()));
        }
        statements.add(moveProgress(nextOffset));
        return Uni.join().all(statements).andFailFast().replaceWithVoid();
    }

    private Uni<RowSet<Row>> insertOrders(DecidedBatch decided) {
        List<Order> orders = decided.newOrders();
        return connection
                .preparedQuery("""
                        INSERT INTO orders (order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                                            total_currency, accepted_at, pay_by, payment_id, ship_to, sequence, timeline)
                        SELECT order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                               total_currency, accepted_at, pay_by, payment_id, ship_to::jsonb, sequence, timeline::jsonb
                        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bigint[],
                                    $8::text[], $9::timestamptz[], $10::timestamptz[], $11::uuid[], $12::text[],
                                    $13::int[], $14::text[])
                          AS new (order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                                  total_currency, accepted_at, pay_by, payment_id, ship_to, sequence, timeline)
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(orders, Order::orderId, UUID[]::new))
                        .addArrayOfUUID(column(orders, Order::offerId, UUID[]::new))
                        .addArrayOfString(column(orders, Order::buyerId, String[]::new))
                        .addArrayOfInteger(column(orders, Order::quantity, Integer[]::new))
                        .addArrayOfString(column(orders, order -> order.status().name(), String[]::new))
                        .addArrayOfString(column(orders, BatchWrites::reason, String[]::new))
                        .addArrayOfLong(column(orders, BatchWrites::amount, Long[]::new))
                        .addArrayOfString(column(orders, BatchWrites::currency, String[]::new))
                        .addArrayOfOffsetDateTime(
                                column(orders, order -> utc(order.acceptedAt()), OffsetDateTime[]::new))
                        .addArrayOfOffsetDateTime(column(orders, order -> utc(order.payBy()), OffsetDateTime[]::new))
                        .addArrayOfUUID(column(orders, Order::paymentId, UUID[]::new))
                        .addArrayOfString(column(orders, BatchWrites::shipTo, String[]::new))
                        .addArrayOfInteger(column(orders, Order::sequence, Integer[]::new))
                        .addArrayOfString(column(orders, decided::timeline, String[]::new)));
    }

    private Uni<RowSet<Row>> updateOrders(DecidedBatch decided) {
        List<Order> orders = decided.changedOrders();
        return connection
                .preparedQuery("""
                        UPDATE orders
                        SET status = changed.status,
                            reason = changed.reason,
                            payment_id = changed.payment_id,
                            sequence = changed.sequence,
                            timeline = orders.timeline || changed.timeline::jsonb
                        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::text[])
                          AS changed (order_id, status, reason, payment_id, sequence, timeline)
                        WHERE orders.order_id = changed.order_id
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(orders, Order::orderId, UUID[]::new))
                        .addArrayOfString(column(orders, order -> order.status().name(), String[]::new))
                        .addArrayOfString(column(orders, BatchWrites::reason, String[]::new))
                        .addArrayOfUUID(column(orders, Order::paymentId, UUID[]::new))
                        .addArrayOfInteger(column(orders, Order::sequence, Integer[]::new))
                        .addArrayOfString(column(orders, decided::timeline, String[]::new)));
    }

    private Uni<RowSet<Row>> upsertOffers(List<Offer> offers) {
        return connection
                .preparedQuery("""
                        INSERT INTO offer (offer_id, seller_id, allotment, terms, status, reserved, sold, version)
                        SELECT offer_id, seller_id, allotment, terms::jsonb, status, reserved, sold, version
                        FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::bigint[],
                                    $7::bigint[], $8::bigint[])
                          AS changed (offer_id, seller_id, allotment, terms, status, reserved, sold, version)
                        ON CONFLICT (offer_id) DO UPDATE
                        SET status = excluded.status,
                            reserved = excluded.reserved,
                            sold = excluded.sold,
                            version = excluded.version
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(offers, Offer::id, UUID[]::new))
                        .addArrayOfString(column(offers, offer -> offer.terms().sellerId(), String[]::new))
                        .addArrayOfInteger(column(offers, offer -> offer.terms().allotment(), Integer[]::new))
                        .addArrayOfString(column(offers, offer -> Json.write(offer.terms()), String[]::new))
                        .addArrayOfString(column(offers, offer -> offer.status().name(), String[]::new))
                        .addArrayOfLong(column(offers, Offer::reserved, Long[]::new))
                        .addArrayOfLong(column(offers, Offer::sold, Long[]::new))
                        .addArrayOfLong(column(offers, Offer::version, Long[]::new)));
    }

    private Uni<RowSet<Row>> upsertUnits(DecidedBatch decided) {
        List<Allowance> allowances = List.copyOf(decided.changedUnits().keySet());
        return connection
                .preparedQuery("""
                        INSERT INTO buyer_units (offer_id, buyer_id, units)
                        SELECT offer_id, buyer_id, units
                        FROM unnest($1::uuid[], $2::text[], $3::int[]) AS changed (offer_id, buyer_id, units)
                        ON CONFLICT (offer_id, buyer_id) DO UPDATE
                        SET units = excluded.units
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(allowances, Allowance::offerId, UUID[]::new))
                        .addArrayOfString(column(allowances, Allowance::buyerId, String[]::new))
                        .addArrayOfInteger(column(allowances, decided.changedUnits()::get, Integer[]::new)));
    }

    private Uni<RowSet<Row>> insertEvents(List<StoredEvent> events) {
        return connection
                .preparedQuery("""
                        INSERT INTO order_event (command_partition, command_offset, ordinal, topic, event_key, event_id,
                                                 event_type, event_time, data)
                        SELECT $1, command_offset, ordinal, topic, event_key, event_id, event_type, event_time, data
                        FROM unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
                                    $8::timestamptz[], $9::bytea[])
                          AS new (command_offset, ordinal, topic, event_key, event_id, event_type, event_time, data)
                        """)
                .execute(Tuple.tuple()
                        .addInteger(partition)
                        .addArrayOfLong(column(events, StoredEvent::offset, Long[]::new))
                        .addArrayOfInteger(column(events, StoredEvent::ordinal, Integer[]::new))
                        .addArrayOfString(
                                column(events, stored -> stored.event().topic(), String[]::new))
                        .addArrayOfString(
                                column(events, stored -> stored.event().key(), String[]::new))
                        .addArrayOfString(
                                column(events, stored -> stored.event().id(), String[]::new))
                        .addArrayOfString(
                                column(events, stored -> stored.event().type(), String[]::new))
                        .addArrayOfOffsetDateTime(
                                column(events, stored -> utc(stored.event().time()), OffsetDateTime[]::new))
                        .addValue(column(
                                events, stored -> Buffer.buffer(stored.event().data()), Buffer[]::new)));
    }

    private Uni<RowSet<Row>> moveProgress(long nextOffset) {
        return connection.preparedQuery("""
                        UPDATE partition_progress
                        SET next_offset = $2
                        WHERE partition = $1
                        """).execute(Tuple.of(partition, nextOffset));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private static @Nullable String reason(Order order) {
        Order.Rejection reason = order.reason();
        return reason == null ? null : reason.name();
    }

    private static @Nullable Long amount(Order order) {
        Money total = order.total();
        return total == null ? null : total.amount();
    }

    private static @Nullable String currency(Order order) {
        Money total = order.total();
        return total == null ? null : total.currency().getCurrencyCode();
    }

    private static @Nullable String shipTo(Order order) {
        Order.ShipTo shipTo = order.shipTo();
        return shipTo == null ? null : Json.write(shipTo);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
