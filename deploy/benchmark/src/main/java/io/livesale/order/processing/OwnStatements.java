package io.livesale.order.processing;

import io.livesale.order.Money;
import io.livesale.order.Offer;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderWindows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Order-service's reads and writes of whole batches, without the Kafka, HTTP and deciding around them. Stands in its
 * package, beside the classes whose SQL it runs, so that what is measured is what runs; the benchmark's only tie to them.
 */
public final class OwnStatements implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Far from the partitions that exist, and never twice. */
    private static final AtomicInteger PARTITIONS = new AtomicInteger(2000);

    private static final OrderWindows WINDOWS = new OrderWindows(Duration.ofMinutes(15), Duration.ofDays(7));
    private static final int BUYERS = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final List<Writer> writers = new ArrayList<>();

    /** @param writers at work side by side, each with a connection, a partition and an offer of its own */
    public OwnStatements(int port, String database, int writers) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("localhost")
                .setPort(port)
                .setDatabase(database)
                .setUser(database)
                .setPassword(database)
                .setCachePreparedStatements(true);
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(writers))
                .connectingTo(options)
                .using(vertx)
                .build();
        for (int i = 0; i < writers; i++) {
            this.writers.add(new Writer(PARTITIONS.getAndIncrement()));
        }
    }

    /**
     * Orders decided already.
     *
     * @param writing ends when the last of them is committed
     */
    public record Work(int orders, Runnable writing) {}

    /** Decides about so many orders, in whole batches, the same number for every writer. */
    public Work decide(int orders, int batchSize) {
        int batches = Math.max(1, orders / batchSize / writers.size());
        List<List<Ready>> work = writers.stream()
                .map(writer -> writer.decide(batches, batchSize))
                .toList();
        return new Work(
                batches * batchSize * writers.size(),
                () -> Uni.join()
                        .all(work.stream().map(this::writeAll).toList())
                        .andFailFast()
                        .await()
                        .atMost(PATIENCE));
    }

    private Uni<Void> writeAll(List<Ready> batches) {
        Uni<Void> written = Uni.createFrom().voidItem();
        for (Ready ready : batches) {
            written = written.chain(pool::getConnection)
                    .chain(connection -> write(connection, ready).eventually(connection::close));
        }
        return written;
    }

    /** As {@link BatchDecision} does for a partition whose offers it remembers; the first batch makes the partition's row. */
    private static Uni<Void> write(SqlConnection connection, Ready ready) {
        CommandBatch batch = ready.batch();
        BatchReads reads = new BatchReads(connection, batch);
        return (batch.firstOffset() == 0 ? reads.nextOffset() : Uni.createFrom().item(batch.firstOffset()))
                .chain(from -> Uni.combine()
                        .all()
                        .unis(reads.offers(batch.offerIds()), reads.orders(), reads.unitsHeld())
                        .asTuple()
                        .chain(() -> new BatchWrites(connection, batch.partition())
                                .write(ready.decided(), from, batch.endOffset())));
    }

    @Override
    public void close() {
        pool.close().chain(vertx::close).await().atMost(PATIENCE);
    }

    /** A batch and what deciding it came to. */
    private record Ready(CommandBatch batch, DecidedBatch decided) {}

    /** Orders for one offer in one partition. */
    private static final class Writer {
        private final int partition;
        private Offer offer;
        private long offset;

        Writer(int partition) {
            this.partition = partition;
            OfferTerms terms = new OfferTerms(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    "creator-lin",
                    OfferTerms.Kind.PRODUCT,
                    UUID.randomUUID(),
                    "seller-qinba",
                    "610726",
                    new Money(1990, Currency.getInstance("CNY")),
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    2000,
                    OfferTerms.SettlementProfile.STANDARD,
                    null);
            OrderBook book = new OrderBook(WINDOWS);
            book.decide(new OpenOffer(terms, Instant.now()));
            this.offer = book.offer(terms.offerId());
        }

        List<Ready> decide(int batches, int batchSize) {
            List<Ready> ready = new ArrayList<>();
            while (ready.size() < batches) {
                ready.add(decide(batchSize));
            }
            return ready;
        }

        private Ready decide(int batchSize) {
            long first = offset;
            List<CommandBatch.Entry> entries = new ArrayList<>();
            while (entries.size() < batchSize) {
                entries.add(new CommandBatch.Entry(offset, place("buyer-" + offset % BUYERS)));
                offset++;
            }
            OrderBook book = new OrderBook(WINDOWS);
            book.load(List.of(offer), List.of(), Map.of());
            DecidedBatch decided = DecidedBatch.decide(book, entries);
            offer = book.offer(offer.id());
            return new Ready(new CommandBatch(partition, first, offset, entries, List.of()), decided);
        }

        private PlaceOrder place(String buyer) {
            return new PlaceOrder(UUID.randomUUID(), offer.id(), buyer, 1, null, null, Instant.now());
        }
    }
}
