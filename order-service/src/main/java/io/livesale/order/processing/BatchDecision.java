package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.Offer;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderWindows;
import io.livesale.order.SalesFigures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Decides one partition's batch in ONE transaction, in two round trips however many commands there are:
 *
 * <ol>
 *   <li>begin; lock the partition's progress row, where a zombie writer stops; read the orders and buyers' units that
 *       the batch touches, and those of its offers that are not remembered from the batch before;
 *   <li>write orders, offers, units, refunds and events, each with one set-based statement; move the progress; commit.
 * </ol>
 *
 * Statements of one round trip are pipelined: PostgreSQL runs them in turn, so the reads see what the lock protects. Two
 * rare cases take a round trip more: what was remembered is out of date, since another replica decided in between; and
 * the records were decided before, so their stored events are read to be sent again.
 */
@Singleton
class BatchDecision {
    private static final Logger LOG = Logger.getLogger(BatchDecision.class);

    private final Pool pool;
    private final OrderWindows windows;

    BatchDecision(Pool pool, OrderSettings settings) {
        this.pool = pool;
        this.windows = OrderWindows.of(settings);
    }

    /**
     * What came of a batch.
     *
     * @param events to send: those of the commands decided now, and again those of commands decided before
     * @param memory whose offset is less than the batch's when nothing was decided, for commands before it are not
     */
    record Decision(List<CloudEvent> events, PartitionMemory memory) {}

    /** What the batch touches, as it stood before. */
    private record Before(long nextOffset, OrderBook book, List<StoredEvent> storedEvents) {}

    /** @param memory of the partition's last batch */
    Uni<Decision> decide(CommandBatch batch, PartitionMemory memory) {
        return inTransaction(connection -> read(new BatchReads(connection, batch), batch, memory)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(before -> decide(connection, batch, before)));
    }

    /** The work itself begins and commits, so that neither takes a round trip of its own. */
    private <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.getConnection()
                .chain(connection -> work.apply(connection)
                        .onFailure()
                        .call(() -> connection
                                .query("ROLLBACK")
                                .execute()
                                .onFailure()
                                .recoverWithNull())
                        .eventually(connection::close));
    }

    private Uni<Before> read(BatchReads reads, CommandBatch batch, PartitionMemory memory) {
        return Uni.combine()
                .all()
                .unis(
                        reads.begin(),
                        reads.lockProgress(),
                        reads.offers(memory.offers().keySet()),
                        reads.orders(),
                        reads.unitsHeld())
                .withUni((begun, nextOffset, offers, orders, units) -> {
                    OrderBook book = new OrderBook(windows);
                    book.load(offers, orders, units);
                    Uni<List<Offer>> others = nextOffset == memory.nextOffset()
                            ? Uni.createFrom().item(List.copyOf(memory.offers().values()))
                            : reads.offers(Set.of());
                    Uni<List<StoredEvent>> stored = batch.firstOffset() < nextOffset
                            ? reads.storedEvents()
                            : Uni.createFrom().item(List.of());
                    return Uni.combine().all().unis(others, stored).with((remembered, events) -> {
                        book.load(remembered, List.of(), Map.of());
                        return new Before(nextOffset, book, events);
                    });
                });
    }

    private Uni<Decision> decide(SqlConnection connection, CommandBatch batch, Before before) {
        if (batch.firstOffset() > before.nextOffset()) {
            return connection
                    .query("ROLLBACK")
                    .execute()
                    .replaceWith(new Decision(List.of(), new PartitionMemory(before.nextOffset(), Map.of())));
        }
        OrderBook book = before.book();
        requireDecided(batch, before.nextOffset(), book);
        Stream<StoredEvent> again = before.storedEvents().stream().filter(stored -> !isOutdated(stored, book));
        List<StoredEvent> repeats = again.toList();
        DecidedBatch decided = DecidedBatch.decide(book, batch.from(before.nextOffset()));
        long nextOffset = Math.max(before.nextOffset(), batch.endOffset());
        List<CloudEvent> events = Stream.concat(repeats.stream(), decided.events().stream())
                .map(StoredEvent::event)
                .toList();
        PartitionMemory memory = PartitionMemory.of(nextOffset, batch.offerIds(), book);
        return new BatchWrites(connection, batch.partition())
                .write(decided, before.nextOffset(), nextOffset)
                .replaceWith(new Decision(events, memory));
    }

    /**
     * Repeats were decided once. Where they were not, the log was replaced by one that ended before what is decided, and
     * its new commands stand at old offsets: passing over them would lose them.
     */
    private static void requireDecided(CommandBatch batch, long nextOffset, OrderBook book) {
        for (CommandBatch.Entry entry : batch.commands()) {
            if (entry.offset() < nextOffset
                    && entry.command() instanceof PlaceOrder place
                    && book.findOrder(place.orderId()).isEmpty()) {
                LOG.errorf(
                        "the log ended before what is decided, deciding stops partition=%d at=%d nextOffset=%d",
                        batch.partition(), entry.offset(), nextOffset);
                throw new IllegalStateException("a new command at an old offset");
            }
        }
    }

    /** Figures that newer ones followed are not sent again: a compacted topic would keep the last sent, not the newest. */
    private static boolean isOutdated(StoredEvent stored, OrderBook book) {
        return stored.event().topic().equals(SalesFigures.TOPIC)
                && book.findOffer(UUID.fromString(stored.event().key()))
                        .map(SalesFigures::eventId)
                        .filter(newest -> !newest.equals(stored.event().id()))
                        .isPresent();
    }
}
