package io.livesale.payout.releasing;

import io.livesale.payout.Columns;
import io.livesale.payout.Ledger;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Rate;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Releases sales whose settlement period is over: what was not refunded becomes available, less the reserve. */
@ApplicationScoped
class Releases {
    private static final String DUE = """
            SELECT order_id, seller_id, creator_id, currency,
                   sale.seller_net - standing.net_reversed AS seller,
                   sale.commission - standing.commission_reversed AS creator
            FROM order_standing AS standing
            JOIN sale USING (order_id)
            WHERE released_at IS NULL AND release_at <= $1
            ORDER BY release_at, order_id
            LIMIT $2 OFFSET $3
            FOR UPDATE OF standing SKIP LOCKED
            """;

    private static final String MARK = """
            UPDATE order_standing AS standing
            SET released_at = $4,
                seller_reserve = batch.seller_reserve,
                creator_reserve = batch.creator_reserve,
                reserve_until = CASE WHEN batch.seller_reserve + batch.creator_reserve > 0 THEN $5::timestamptz END
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS batch (order_id, seller_reserve, creator_reserve)
            WHERE standing.order_id = batch.order_id
            """;

    private final DueOrders orders;
    private final Ledger ledger;
    private final PayoutSettings settings;

    Releases(DueOrders orders, Ledger ledger, PayoutSettings settings) {
        this.orders = orders;
        this.ledger = ledger;
        this.settings = settings;
    }

    @Scheduled(every = "{payout.releasing.check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> release() {
        return orders.all("release", DUE, this::release);
    }

    private Uni<Void> release(SqlConnection connection, List<Holding> due, Instant now) {
        Rate reserve = new Rate(settings.reserveBasisPoints());
        Tuple marks = Columns.of(due)
                .uuids(Holding::orderId)
                .amounts(holding -> holding.seller().partDown(reserve))
                .amounts(holding -> holding.creator().partDown(reserve))
                .value(now.atOffset(ZoneOffset.UTC))
                .value(now.plus(settings.reserveTime()).atOffset(ZoneOffset.UTC))
                .tuple();
        return connection
                .preparedQuery(MARK)
                .execute(marks)
                .flatMap(marked -> ledger.postAll(
                        connection,
                        due.stream()
                                .map(holding -> holding.released(reserve, now))
                                .toList()));
    }
}
