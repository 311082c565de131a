package io.livesale.order.processing;

import io.livesale.order.CloudEvent;
import io.livesale.order.OrderBook;
import io.livesale.order.OrderSettings;
import io.livesale.order.SalesFigures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides one partition's batch in ONE transaction, in four round trips however many commands there are:
 *
 * <ol>
 *   <li>begin;
 *   <li>lock the partition's progress row, where a zombie writer stops, and read the offers, orders and buyers' units
 *       that the batch touches, and the stored events of records that were decided before;
 *   <li>write orders, offers, units and events, each with one set-based statement, and move the progress;
 *   <li>commit.
 * </ol>
 *
 * Statements of one round trip are pipelined: PostgreSQL runs them in turn, so the reads see what the lock protects.
 */
@Singleton
class BatchDecision {
    private final Pool pool;
    private final OrderSettings.Payment payment;

    BatchDecision(Pool pool, OrderSettings settings) {
        this.pool = pool;
        this.payment = settings.payment();
    }

    /** The events to send: those of the commands decided now, and again those of commands decided before. */
    Uni<List<CloudEvent>> decide(CommandBatch batch) {
        return pool.withTransaction(connection -> decide(connection, batch));
    }

    private Uni<List<CloudEvent>> decide(SqlConnection connection, CommandBatch batch) {
        BatchReads reads = new BatchReads(connection, batch);
        return Uni.combine()
                .all()
                .unis(reads.lockProgress(), reads.offers(), reads.orders(), reads.unitsHeld(), reads.storedEvents())
                .withUni((nextOffset, offers, orders, units, replayed) -> {
                    OrderBook book = new OrderBook(payment.window());
                    book.load(offers, orders, units);
                    Stream<StoredEvent> again = replayed.stream().filter(event -> !isOutdated(event, book));
                    List<CloudEvent> repeats = again.map(StoredEvent::event).toList();
                    DecidedBatch decided = DecidedBatch.decide(book, after(nextOffset, batch.commands()));
                    return new BatchWrites(connection, batch.partition())
                            .write(decided, Math.max(nextOffset, batch.endOffset()))
                            .replaceWith(Stream.concat(
                                            repeats.stream(),
                                            decided.events().stream().map(StoredEvent::event))
                                    .toList());
                });
    }

    /** Figures that newer ones followed are not sent again: a compacted topic would keep the last sent, not the newest. */
    private static boolean isOutdated(StoredEvent stored, OrderBook book) {
        return stored.event().topic().equals(SalesFigures.TOPIC)
                && book.findOffer(UUID.fromString(stored.event().key()))
                        .map(SalesFigures::eventId)
                        .filter(newest -> !newest.equals(stored.event().id()))
                        .isPresent();
    }

    private static List<CommandBatch.Entry> after(long nextOffset, List<CommandBatch.Entry> commands) {
        return commands.stream().filter(entry -> entry.offset() >= nextOffset).toList();
    }
}
