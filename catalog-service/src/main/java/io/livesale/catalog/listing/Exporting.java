package io.livesale.catalog.listing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

/**
 * Writes a seller's products, oldest first, batch after batch as the client takes them: it needs no more memory for many
 * than for few, and waits for a slow client without a transaction. What changes meanwhile may be in it or not.
 */
@ApplicationScoped
class Exporting {
    private static final int BATCH = 200;
    /** Below every id. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Pool pool;

    Exporting(Pool pool) {
        this.pool = pool;
    }

    private record Part(String text, boolean last) {}

    Multi<String> run(String sellerId) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(FIRST), last -> next(sellerId, last))
                .whilst(part -> !part.last())
                .map(Part::text);
    }

    /** The header comes with the first batch: a database that is away is told, not hidden behind the start of a file. */
    private Uni<Part> next(String sellerId, AtomicReference<UUID> last) {
        String header = last.get().equals(FIRST) ? ProductCsv.HEADER : "";
        return batch(sellerId, last.get())
                .invoke(products -> {
                    if (!products.isEmpty()) {
                        last.set(products.get(products.size() - 1).id());
                    }
                })
                .map(products -> new Part(header + ProductCsv.lines(products), products.size() < BATCH));
    }

    private Uni<List<ProductRow>> batch(String sellerId, UUID after) {
        return pool.preparedQuery("""
                        SELECT %s
                        FROM product
                        WHERE seller_id = $1
                        AND id > $2
                        ORDER BY id
                        LIMIT $3
                        """.formatted(ProductRow.COLUMNS))
                .execute(Tuple.of(sellerId, after, BATCH))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ProductRow::of)
                        .toList());
    }
}
