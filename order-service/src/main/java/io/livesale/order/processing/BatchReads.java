package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.OrderBook.Allowance;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reads of one batch, by the keys its commands name. */
final class BatchReads {
    private final SqlConnection connection;
    private final CommandBatch batch;

    BatchReads(SqlConnection connection, CommandBatch batch) {
        this.connection = connection;
        this.batch = batch;
    }

    /** The offset of the next command to decide; whoever holds the row's lock is the partition's only writer. */
    Uni<Long> lockProgress() {
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

    Uni<List<Offer>> offers() {
        UUID[] ids = commands().map(OrderCommand::offerId).distinct().toArray(UUID[]::new);
        return connection
                .preparedQuery("""
                        SELECT terms::text AS terms, status, reserved, sold, version
                        FROM offer
                        WHERE offer_id = ANY ($1)
                        """)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> list(rows, BatchReads::offer));
    }

    Uni<List<Order>> orders() {
        UUID[] ids = Stream.concat(
                        of(PlaceOrder.class).map(PlaceOrder::orderId),
                        of(PayOrder.class).map(PayOrder::orderId))
                .distinct()
                .toArray(UUID[]::new);
        return connection
                .preparedQuery("""
                        SELECT order_id, offer_id, buyer_id, quantity, status, reason, total_amount, total_currency,
                               accepted_at, pay_by, payment_id, ship_to::text AS ship_to, sequence
                        FROM orders
                        WHERE order_id = ANY ($1)
                        """)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> list(rows, BatchReads::order));
    }

    Uni<Map<Allowance, Integer>> unitsHeld() {
        List<Allowance> wanted = of(PlaceOrder.class)
                .map(place -> new Allowance(place.offerId(), place.buyerId()))
                .distinct()
                .toList();
        return connection
                .preparedQuery("""
                        SELECT held.offer_id, held.buyer_id, held.units
                        FROM unnest($1::uuid[], $2::text[]) AS wanted (offer_id, buyer_id)
                        JOIN buyer_units held USING (offer_id, buyer_id)
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(wanted.stream().map(Allowance::offerId).toArray(UUID[]::new))
                        .addArrayOfString(
                                wanted.stream().map(Allowance::buyerId).toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> new Allowance(row.getUUID("offer_id"), row.getString("buyer_id")),
                                row -> row.getInteger("units"))));
    }

    /** Events of this batch's commands that were decided before; none, unless it is a replay. */
    Uni<List<StoredEvent>> storedEvents() {
        return connection
                .preparedQuery("""
                        SELECT command_offset, ordinal, topic, event_key, event_id, event_type, event_time, data
                        FROM order_event
                        WHERE command_partition = $1
                          AND command_offset >= $2
                          AND command_offset < $3
                        ORDER BY command_offset, ordinal
                        """)
                .execute(Tuple.of(batch.partition(), batch.firstOffset(), batch.endOffset()))
                .map(rows -> list(rows, BatchReads::storedEvent));
    }

    private Stream<OrderCommand> commands() {
        return batch.commands().stream().map(CommandBatch.Entry::command);
    }

    private <T extends OrderCommand> Stream<T> of(Class<T> type) {
        return commands().filter(type::isInstance).map(type::cast);
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> reader) {
        return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
    }

    private static Offer offer(Row row) {
        return new Offer(
                Json.read(row.getString("terms"), OfferTerms.class),
                Offer.Status.valueOf(row.getString("status")),
                row.getLong("reserved"),
                row.getLong("sold"),
                row.getLong("version"));
    }

    private static Order order(Row row) {
        OffsetDateTime payBy = row.getOffsetDateTime("pay_by");
        String shipTo = row.getString("ship_to");
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
                payBy == null ? null : payBy.toInstant(),
                row.getUUID("payment_id"),
                shipTo == null ? null : Json.read(shipTo, ShipTo.class),
                row.getInteger("sequence"));
    }

    private static StoredEvent storedEvent(Row row) {
        return new StoredEvent(
                row.getLong("command_offset"),
                row.getInteger("ordinal"),
                new CloudEvent(
                        row.getString("topic"),
                        row.getString("event_key"),
                        row.getString("event_id"),
                        row.getString("event_type"),
                        row.getOffsetDateTime("event_time").toInstant(),
                        row.getBuffer("data").getBytes()));
    }
}
