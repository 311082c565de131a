package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The products there are, and the only statements by which requests move their units. */
@ApplicationScoped
public class Products implements PanacheRepositoryBase<Product, UUID> {
    /** The product, or 404. */
    public Uni<Product> require(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** The seller's own product, locked until the transaction ends; 404 for anybody else's. */
    public Uni<Product> requireOwnLocked(UUID id, String sellerId) {
        return find("id = ?1 and sellerId = ?2", id, sellerId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    /** Newest first; of one seller, or of all. */
    public Uni<List<Product>> list(@Nullable String sellerId, PageRequest<UUID> page) {
        UUID before = page.after() == null ? Ids.LAST : page.after();
        Sort newestFirst = Sort.descending("id");
        return (sellerId == null
                        ? find("id < ?1", newestFirst, before)
                        : find("id < ?1 and sellerId = ?2", newestFirst, before, sellerId))
                .range(0, page.rowsToFetch() - 1)
                .list();
    }

    /** Puts units in or takes them out; 409 when fewer than none would be available. */
    public Uni<Stock> adjust(UUID id, long delta) {
        return move(id, delta, """
                UPDATE product
                SET available = available + :units
                WHERE id = :id
                AND available + :units >= 0
                RETURNING available, allotted, sold
                """);
    }

    /** Hands available units to an offer; 409 when there are not that many. */
    public Uni<Stock> allot(UUID id, int units) {
        return move(id, units, """
                UPDATE product
                SET available = available - :units, allotted = allotted + :units
                WHERE id = :id
                AND available >= :units
                RETURNING available, allotted, sold
                """);
    }

    /** Takes back the units of an offer that never opened. */
    public Uni<Stock> takeBack(UUID id, int units) {
        return move(id, units, """
                UPDATE product
                SET available = available + :units, allotted = allotted - :units
                WHERE id = :id
                RETURNING available, allotted, sold
                """);
    }

    private Uni<Stock> move(UUID id, long units, String statement) {
        return getSession()
                .chain(session -> session.createNativeQuery(statement, Tuple.class)
                        .setParameter("id", id)
                        .setParameter("units", units)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> Problem.INSUFFICIENT_STOCK.because("Fewer units are available than that."))
                .map(row -> new Stock(row.get(0, Long.class), row.get(1, Long.class), row.get(2, Long.class)));
    }

    private static ProblemException unknown(UUID id) {
        return Problem.NOT_FOUND.because("No product " + id + ".");
    }
}
