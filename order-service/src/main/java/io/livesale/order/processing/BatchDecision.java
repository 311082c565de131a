package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderSettings;
import io.livesale.order.OrderWindows;
import io.livesale.order.SalesFigures;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Decides the batches of a partition, each in two round trips however many commands it has:
 *
 * <ol>
 *   <li>read the orders and buyers' units that the batch touches, and those of its offers that the batch before did not;
 *   <li>in ONE transaction, move the partition's progress from where the batch begins to where it ends, and write orders,
 *       offers, units, refunds and events, each with one set-based statement.
 * </ol>
 *
 * Between the two nothing is locked, so a batch is read and decided while the one before it is being written. Moving the
 * progress proves afterwards that nobody else wrote in between, be it a zombie or its successor; otherwise nothing is
 * written. Statements of one round trip are pipelined. Only where nothing is remembered the first round trip reads the
 * progress, too, and one more the stored events of records that were decided before, to send them again.
 */
@Singleton
class BatchDecision {
    private static final Logger LOG = Logger.getLogger(BatchDecision.class);

    private final Pool pool;
    private final OrderWindows windows;
    private final DecidingMeters meters;
    private final DecidingTraces traces;

    BatchDecision(Pool pool, OrderSettings settings, DecidingMeters meters, DecidingTraces traces) {
        this.pool = pool;
        this.meters = meters;
        this.traces = traces;
        this.windows = OrderWindows.of(settings);
    }

    /** What the batch touches, as the batch before it leaves it. */
    private record Before(long nextOffset, OrderBook book, List<StoredEvent> storedEvents) {}

    /** Writes nothing yet. */
    Uni<Decision> decide(CommandBatch batch, PartitionMemory memory) {
        return pool.withConnection(connection -> read(new BatchReads(connection, batch), batch, memory))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(before -> decide(batch, memory, before));
    }

    private Uni<Before> read(BatchReads reads, CommandBatch batch, PartitionMemory memory) {
        Uni<Long> standing = memory.equals(PartitionMemory.NONE)
                ? reads.nextOffset()
                : Uni.createFrom().item(memory.nextOffset());
        return Uni.combine()
                .all()
                .unis(standing, reads.offers(memory.offers().keySet()), reads.orders(), reads.unitsHeld())
                .withUni((nextOffset, offers, orders, units) -> {
                    OrderBook book = new OrderBook(windows);
                    book.load(offers, orders, units);
                    memory.recall(batch, book);
                    Uni<List<StoredEvent>> stored = batch.firstOffset() < nextOffset
                            ? reads.storedEvents()
                            : Uni.createFrom().item(List.of());
                    return stored.map(events -> new Before(nextOffset, book, events));
                });
    }

    private static Decision decide(CommandBatch batch, PartitionMemory memory, Before before) {
        OrderBook book = before.book();
        if (batch.firstOffset() > before.nextOffset()) {
            return Decision.atGap(batch, memory, before.nextOffset(), book);
        }
        requireDecided(batch, before.nextOffset(), book);
        Stream<StoredEvent> again = before.storedEvents().stream().filter(stored -> !isOutdated(stored, book));
        List<StoredEvent> repeats = again.toList();
        DecidedBatch decided = DecidedBatch.decide(book, batch.from(before.nextOffset()));
        List<CloudEvent> events = Stream.concat(repeats.stream(), decided.events().stream())
                .map(StoredEvent::event)
                .toList();
        long nextOffset = Math.max(before.nextOffset(), batch.endOffset());
        return new Decision(batch, memory, before.nextOffset(), decided, events, PartitionMemory.of(nextOffset, book));
    }

    /** All of it or, where the partition is not at the decision's beginning, nothing. */
    Uni<Void> write(Decision decision) {
        if (!decision.movesOn()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withConnection(connection -> Uni.createFrom()
                        .item(new BatchWrites(connection, decision.batch().partition()))
                        // Columns and events of a whole batch are laid out: no work for an event loop.
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .chain(writes -> writes.write(
                                decision.decided(),
                                decision.fromOffset(),
                                decision.after().nextOffset())))
                .invoke(() -> {
                    meters.decided(decision.decided());
                    traces.decided(decision);
                });
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
