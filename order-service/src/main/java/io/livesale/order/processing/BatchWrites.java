package io.livesale.order.processing;

import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.Order;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.processing.DecidedBatch.ProviderRefund;
import io.smallrye.mutiny.CompositeException;
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

    /**
     * Begins, writes and commits; fails as a whole when somebody else wrote since the batch was read.
     *
     * @param fromOffset of the first command decided now
     * @param nextOffset of the first command left to decide
     */
    Uni<Void> write(DecidedBatch decided, long fromOffset, long nextOffset) {
        List<Uni<RowSet<Row>>> statements = new ArrayList<>();
        statements.add(connection.query("BEGIN").execute());
        statements.add(moveProgress(fromOffset, nextOffset));
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
        if (!decided.refunds().isEmpty()) {
            statements.add(insertRefunds(decided.refunds()));
        }
        if (!decided.events().isEmpty()) {
            statements.add(insertEvents(decided.events(), fromOffset, nextOffset));
        }
        statements.add(connection.query("COMMIT").execute());
        // COMMIT also ends a transaction whose statement failed, by rolling back. The failure is told only after all
        // answers are here: the connection is not given back before.
        return Uni.join()
                .all(statements)
                .andCollectFailures()
                .replaceWithVoid()
                // The others only say that the transaction is aborted.
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause);
    }

    private Uni<RowSet<Row>> insertOrders(DecidedBatch decided) {
        List<Order> orders = decided.newOrders();
        return connection
                .preparedQuery("""
                        INSERT INTO orders (order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                                            total_currency, accepted_at, pay_by, payment_id, ship_to, shipment,
                                            complete_at, refunds, sequence, later_entries, traceparent)
                        SELECT order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                               total_currency, accepted_at, pay_by, payment_id, ship_to::jsonb, shipment::jsonb,
                               complete_at, refunds::jsonb, sequence, later_entries::jsonb, traceparent
                        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bigint[],
                                    $8::text[], $9::timestamptz[], $10::timestamptz[], $11::uuid[], $12::text[],
                                    $13::text[], $14::timestamptz[], $15::text[], $16::int[], $17::text[],
                                    $18::text[])
                          AS new (order_id, offer_id, buyer_id, quantity, status, reason, total_amount,
                                  total_currency, accepted_at, pay_by, payment_id, ship_to, shipment,
                                  complete_at, refunds, sequence, later_entries, traceparent)
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
                        .addArrayOfString(column(orders, order -> json(order.shipTo()), String[]::new))
                        .addArrayOfString(column(orders, order -> json(order.shipment()), String[]::new))
                        .addArrayOfOffsetDateTime(
                                column(orders, order -> utc(order.completeAt()), OffsetDateTime[]::new))
                        .addArrayOfString(column(orders, BatchWrites::refunds, String[]::new))
                        .addArrayOfInteger(column(orders, Order::sequence, Integer[]::new))
                        .addArrayOfString(column(orders, decided::laterEntries, String[]::new))
                        .addArrayOfString(column(orders, Order::traceparent, String[]::new)));
    }

    private Uni<RowSet<Row>> updateOrders(DecidedBatch decided) {
        List<Order> orders = decided.changedOrders();
        return connection
                .preparedQuery("""
                        UPDATE orders
                        SET status = changed.status,
                            payment_id = changed.payment_id,
                            shipment = changed.shipment::jsonb,
                            complete_at = changed.complete_at,
                            refunds = changed.refunds::jsonb,
                            sequence = changed.sequence,
                            later_entries = coalesce(orders.later_entries, '[]') || changed.later_entries::jsonb
                        FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[],
                                    $7::int[], $8::text[])
                          AS changed (order_id, status, payment_id, shipment, complete_at, refunds, sequence,
                                      later_entries)
                        WHERE orders.order_id = changed.order_id
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(orders, Order::orderId, UUID[]::new))
                        .addArrayOfString(column(orders, order -> order.status().name(), String[]::new))
                        .addArrayOfUUID(column(orders, Order::paymentId, UUID[]::new))
                        .addArrayOfString(column(orders, order -> json(order.shipment()), String[]::new))
                        .addArrayOfOffsetDateTime(
                                column(orders, order -> utc(order.completeAt()), OffsetDateTime[]::new))
                        .addArrayOfString(column(orders, BatchWrites::refunds, String[]::new))
                        .addArrayOfInteger(column(orders, Order::sequence, Integer[]::new))
                        .addArrayOfString(column(orders, decided::laterEntries, String[]::new)));
    }

    private Uni<RowSet<Row>> upsertOffers(List<Offer> offers) {
        return connection
                .preparedQuery("""
                        INSERT INTO offer (offer_id, seller_id, allotment, terms, status, reserved, sold, orders,
                                           gross, commission, version)
                        SELECT offer_id, seller_id, allotment, terms::jsonb, status, reserved, sold, orders,
                               gross, commission, version
                        FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::bigint[],
                                    $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
                          AS changed (offer_id, seller_id, allotment, terms, status, reserved, sold, orders,
                                      gross, commission, version)
                        ON CONFLICT (offer_id) DO UPDATE
                        SET status = excluded.status,
                            reserved = excluded.reserved,
                            sold = excluded.sold,
                            orders = excluded.orders,
                            gross = excluded.gross,
                            commission = excluded.commission,
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
                        .addArrayOfLong(column(offers, offer -> offer.takings().orders(), Long[]::new))
                        .addArrayOfLong(column(offers, offer -> offer.takings().gross(), Long[]::new))
                        .addArrayOfLong(column(offers, offer -> offer.takings().commission(), Long[]::new))
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

    /** Due at once, by the database's clock: that of whoever asked for the refund may be ahead of whoever sends it. */
    private Uni<RowSet<Row>> insertRefunds(List<ProviderRefund> refunds) {
        return connection
                .preparedQuery("""
                        INSERT INTO refund (order_id, refund_id, payment_id, amount, currency, status, next_attempt_at)
                        SELECT order_id, refund_id, payment_id, amount, currency, 'REQUESTED', now()
                        FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[])
                          AS new (order_id, refund_id, payment_id, amount, currency)
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(column(refunds, ProviderRefund::orderId, UUID[]::new))
                        .addArrayOfString(column(refunds, ProviderRefund::refundId, String[]::new))
                        .addArrayOfUUID(column(refunds, ProviderRefund::paymentId, UUID[]::new))
                        .addArrayOfLong(
                                column(refunds, refund -> refund.amount().amount(), Long[]::new))
                        .addArrayOfString(column(
                                refunds, refund -> refund.amount().currency().getCurrencyCode(), String[]::new)));
    }

    private Uni<RowSet<Row>> insertEvents(List<StoredEvent> events, long fromOffset, long nextOffset) {
        return connection
                .preparedQuery("""
                        INSERT INTO event_batch (partition, first_offset, end_offset, events)
                        VALUES ($1, $2, $3, $4)
                        """)
                .execute(Tuple.of(partition, fromOffset, nextOffset, Buffer.buffer(EventArchive.pack(events))));
    }

    /**
     * Locks the partition's row, so that a zombie waits here and then finds that it is late: the row is no longer where
     * it thinks, and takes no null.
     */
    private Uni<RowSet<Row>> moveProgress(long fromOffset, long nextOffset) {
        return connection.preparedQuery("""
                        INSERT INTO partition_progress (partition, next_offset)
                        VALUES ($1, (SELECT $3::bigint
                                     FROM partition_progress
                                     WHERE partition = $1
                                       AND next_offset = $2
                                     FOR UPDATE))
                        ON CONFLICT (partition) DO UPDATE SET next_offset = excluded.next_offset
                        """).execute(Tuple.of(partition, fromOffset, nextOffset));
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

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }

    private static @Nullable String refunds(Order order) {
        return order.refunds().isEmpty() ? null : Json.write(order.refunds());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
