package io.livesale.payout.releasing;

import io.livesale.payout.Columns;
import io.livesale.payout.Ledger;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Frees what releases held back, once its time is over: all of it, for refunds never take from the reserve. */
@ApplicationScoped
class Reserves {
    private static final String DUE = """
            SELECT order_id, seller_id, creator_id, currency,
                   standing.seller_reserve AS seller, standing.creator_reserve AS creator
            FROM order_standing AS standing
            JOIN sale USING (order_id)
            WHERE reserve_until <= $1 AND reserve_freed_at IS NULL
            ORDER BY reserve_until, order_id
            LIMIT $2 OFFSET $3
            FOR UPDATE OF standing SKIP LOCKED
            """;

    private static final String MARK = """
            UPDATE order_standing
            SET reserve_freed_at = $2
            WHERE order_id = ANY ($1)
            """;

    private final DueOrders orders;
    private final Ledger ledger;

    Reserves(DueOrders orders, Ledger ledger) {
        this.orders = orders;
        this.ledger = ledger;
    }

    @Scheduled(every = "{payout.releasing.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> free() {
        return orders.all("reserve", DUE, this::free);
    }

    private Uni<Void> free(SqlConnection connection, List<Holding> due, Instant now) {
        Tuple marks = Columns.of(due)
                .uuids(Holding::orderId)
                .value(now.atOffset(ZoneOffset.UTC))
                .tuple();
        return connection
                .preparedQuery(MARK)
                .execute(marks)
                .flatMap(marked -> ledger.postAll(
                        connection,
                        due.stream().map(holding -> holding.reserveFreed(now)).toList()));
    }
}
