package io.livesale.payout.posting;

import io.livesale.payout.FeeSchedule;
import io.livesale.payout.Ledger;
import io.livesale.payout.Money;
import io.livesale.payout.OrderPaid;
import io.livesale.payout.Rate;
import io.livesale.payout.Sale;
import io.livesale.payout.SaleKind;
import io.livesale.payout.SettlementProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Payout-service's own writes of sales, in batches of any size, without the Kafka and the reading around them. Stands in
 * its package, beside the class whose SQL it runs, so that what is measured is what runs; the benchmark's only tie to it.
 */
public final class OwnPostings implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final FeeSchedule FEES = new FeeSchedule(new Rate(500), List.of());

    private final SaleLedger ledger = new SaleLedger(new Ledger());
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final int connections;
    private final int people;

    /**
     * @param connections at work side by side
     * @param people who sell, and as many who stream
     */
    public OwnPostings(int port, String database, int connections, int people) {
        this.connections = connections;
        this.people = people;
        PgConnectOptions options = new PgConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setDatabase(database)
                .setUser(database)
                .setPassword(database)
                .setCachePreparedStatements(true);
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /**
     * Sales priced already.
     *
     * @param writing ends when the last of them is committed
     */
    public record Work(int orders, Runnable writing) {}

    /**
     * Prices sales for so many new orders, in whole batches, the same number for every connection.
     *
     * @param batchSize orders in one transaction, from 1
     */
    public Work price(int orders, int batchSize) {
        int batches = Math.max(1, orders / batchSize / connections);
        List<List<List<Sale>>> work = new ArrayList<>();
        while (work.size() < connections) {
            work.add(batches(batches, batchSize));
        }
        return new Work(
                batches * batchSize * connections,
                () -> Uni.join()
                        .all(work.stream().map(this::post).toList())
                        .andFailFast()
                        .await()
                        .atMost(PATIENCE));
    }

    private Uni<Void> post(List<List<Sale>> batches) {
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(
                        batch -> pool.withTransaction(connection -> ledger.post(connection, batch)))
                .onItem()
                .ignoreAsUni();
    }

    private List<List<Sale>> batches(int count, int size) {
        List<List<Sale>> batches = new ArrayList<>();
        while (batches.size() < count) {
            List<Sale> batch = new ArrayList<>();
            while (batch.size() < size) {
                batch.add(sale());
            }
            batches.add(batch);
        }
        return batches;
    }

    private Sale sale() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        UUID orderId = new UUID(random.nextLong(), random.nextLong());
        OrderPaid order = new OrderPaid(
                orderId,
                new UUID(1, random.nextInt(100)),
                new UUID(2, random.nextInt(10)),
                SaleKind.PRODUCT,
                3,
                new Money(5970, Currency.getInstance("CNY")),
                "seller-" + random.nextInt(people),
                "creator-" + random.nextInt(people),
                "611026",
                2000,
                SettlementProfile.STANDARD,
                Instant.now());
        return Sale.of(orderId + ".3", order, FEES);
    }

    @Override
    public void close() {
        pool.close().chain(vertx::close).await().atMost(PATIENCE);
    }
}
