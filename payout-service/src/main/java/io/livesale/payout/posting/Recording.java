package io.livesale.payout.posting;

import io.livesale.payout.Columns;
import io.livesale.payout.OrderEvent.Completed;
import io.livesale.payout.OrderEvent.Delivered;
import io.livesale.payout.OrderEvent.Refunded;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.SaleLedger.Posted;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a batch tells, in one transaction: sales go into the ledger, for they depend on nothing else, while
 * refunds, deliveries and completions are noted, for {@link Concluding} to act on.
 */
@ApplicationScoped
class Recording {
    /** What is told twice stands once, and of two times the earlier, whichever came first. */
    private static final String STAND = """
            INSERT INTO order_standing (order_id, delivered_at, completed_at)
            SELECT order_id, min(delivered_at), min(completed_at)
            FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[])
              AS batch (order_id, delivered_at, completed_at)
            GROUP BY order_id
            ORDER BY order_id
            ON CONFLICT (order_id) DO UPDATE
              SET delivered_at = least(order_standing.delivered_at, excluded.delivered_at),
                  completed_at = least(order_standing.completed_at, excluded.completed_at)
            """;

    private static final String NOTE = """
            INSERT INTO refund (order_id, refund_id, cause, amount, currency, refunded_by, refunded_at)
            SELECT *
            FROM unnest(
              $1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[])
              AS batch (order_id, refund_id)
            ORDER BY order_id, refund_id
            ON CONFLICT DO NOTHING
            """;

    private final Pool pool;
    private final Pricing pricing;
    private final SaleLedger ledger;

    Recording(Pool pool, Pricing pricing, SaleLedger ledger) {
        this.pool = pool;
        this.pricing = pricing;
        this.ledger = ledger;
    }

    /** What a batch came to: sales and refunds that were not known, those that were, and all its other events. */
    record Recorded(Posted sales, int refunds, int others, int repeats) {}

    /** All of it or nothing. */
    Uni<Recorded> write(List<Told> told) {
        List<Told> later =
                told.stream().filter(one -> !(one.event() instanceof OrderPaid)).toList();
        List<Told> refunds =
                later.stream().filter(one -> one.event() instanceof Refunded).toList();
        return pricing.price(told)
                .flatMap(sales -> pool.withTransaction(connection -> stand(connection, later)
                        .flatMap(done -> note(connection, refunds))
                        .flatMap(noted -> ledger.post(connection, sales)
                                .map(posted -> new Recorded(
                                        posted,
                                        noted,
                                        later.size() - refunds.size(),
                                        posted.repeats() + refunds.size() - noted)))));
    }

    private static Uni<Void> stand(SqlConnection connection, List<Told> told) {
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(STAND)
                .execute(Columns.of(told)
                        .uuids(one -> one.event().orderId())
                        .times(one -> timeIf(Delivered.class, one))
                        .times(one -> timeIf(Completed.class, one))
                        .tuple())
                .replaceWithVoid();
    }

    private static @Nullable Instant timeIf(Class<?> type, Told told) {
        return type.isInstance(told.event()) ? told.event().at() : null;
    }

    /** How many were not known. */
    private static Uni<Integer> note(SqlConnection connection, List<Told> refunds) {
        if (refunds.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return connection
                .preparedQuery(NOTE)
                .execute(Columns.of(refunds)
                        .uuids(told -> told.event().orderId())
                        .texts(told -> refund(told).refundId())
                        .texts(Told::cause)
                        .amounts(told -> refund(told).amount())
                        .currencies(told -> refund(told).amount())
                        .texts(told -> refund(told).by())
                        .times(told -> told.event().at())
                        .tuple())
                .map(rows -> rows.rowCount());
    }

    private static Refunded refund(Told told) {
        return (Refunded) told.event();
    }
}
