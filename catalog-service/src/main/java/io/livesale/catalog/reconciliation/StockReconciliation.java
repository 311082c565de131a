package io.livesale.catalog.reconciliation;

import io.livesale.catalog.Stock;
import io.livesale.catalog.reconciliation.Reconciliation.Difference;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Counts every product's stock anew, from its adjustments and from what its offers hold and sold by order-service's last
 * figures. One statement sees everything at one moment, so units on the move are no difference.
 */
@ApplicationScoped
class StockReconciliation {
    private static final Logger LOG = Logger.getLogger(StockReconciliation.class);

    /** A row of totals; beside it the products adrift, a row for each. */
    private static final String COUNT = """
            WITH put_in AS (
                SELECT product_id, sum(delta) AS units
                FROM stock_adjustment
                GROUP BY product_id
            ), held AS (
                SELECT product_id,
                       sum(CASE WHEN sales_version = 0 THEN allotment ELSE remaining + reserved END
                           - given_back) AS allotted,
                       sum(sold) AS sold
                FROM offer
                WHERE product_id IS NOT NULL
                GROUP BY product_id
            ), counted AS (
                SELECT product.id, product.title, product.seller_id, product.available, product.allotted,
                       product.sold,
                       coalesce(put_in.units, 0)::bigint AS adjusted,
                       coalesce(held.allotted, 0)::bigint AS allotted_by_offers,
                       coalesce(held.sold, 0)::bigint AS sold_by_offers
                FROM product
                LEFT JOIN put_in ON put_in.product_id = product.id
                LEFT JOIN held ON held.product_id = product.id
            ), adrift AS (
                SELECT *
                FROM counted
                WHERE available + allotted + sold <> adjusted
                OR (allotted, sold) <> (allotted_by_offers, sold_by_offers)
            )
            SELECT (SELECT count(*) FROM product) AS products,
                   (SELECT count(*) FROM adrift) AS adrift,
                   told.*
            FROM (VALUES (1)) AS always
            LEFT JOIN (
                SELECT id, title, seller_id, available, allotted, sold, adjusted, allotted_by_offers,
                       sold_by_offers
                FROM adrift
                ORDER BY id
                LIMIT $1
            ) AS told ON true
            ORDER BY told.id
            """;

    private final Pool pool;
    private final Clock clock;
    private final AtomicLong adrift = new AtomicLong();

    StockReconciliation(Pool pool, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.clock = clock;
        Gauge.builder("catalog.stock.adrift.products", adrift, AtomicLong::get)
                .description("Products whose counters do not add up to their adjustments or to their offers")
                .register(metrics);
    }

    @Scheduled(every = "{catalog.stock.check-every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> watch() {
        return check().replaceWithVoid().onFailure().recoverWithUni(failure -> {
            LOG.warnf("stock not counted, again soon reason=%s", failure.toString());
            return Uni.createFrom().voidItem();
        });
    }

    /** Counts now. */
    Uni<Reconciliation> check() {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(Reconciliation.MOST_TOLD))
                .map(this::read)
                .invoke(this::tell);
    }

    /** There is always a first row, for the totals. */
    private Reconciliation read(RowSet<Row> rows) {
        Row first = rows.iterator().next();
        List<Difference> differences = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getUUID("id") != null)
                .map(StockReconciliation::difference)
                .toList();
        return new Reconciliation(clock.instant(), first.getLong("products"), first.getLong("adrift"), differences);
    }

    private static Difference difference(Row row) {
        return new Difference(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("seller_id"),
                new Stock(row.getLong("available"), row.getLong("allotted"), row.getLong("sold")),
                row.getLong("adjusted"),
                row.getLong("allotted_by_offers"),
                row.getLong("sold_by_offers"));
    }

    private void tell(Reconciliation counted) {
        long before = adrift.getAndSet(counted.adrift());
        if (counted.adrift() > before) {
            LOG.errorf(
                    "stock is adrift products=%d first=%s",
                    counted.adrift(), counted.differences().get(0).productId());
        }
    }
}
