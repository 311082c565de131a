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
    /** First half of the advisory lock on a seller's skus: a sku that is new has no row to be locked. */
    public static final int SKU_LOCK = 0x736b75;

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

    /**
     * Which products a list shows; what is absent does not matter.
     *
     * @param titlePart in any case
     */
    public record Wanted(
            @Nullable String sellerId,
            @Nullable String county,
            @Nullable String titlePart) {}

    /** Newest first. */
    public Uni<List<Product>> list(Wanted wanted, PageRequest<UUID> page) {
        return new Where()
                .and("sellerId = ?", wanted.sellerId())
                .and("county = ?", wanted.county())
                .andContains("title", wanted.titlePart())
                .and("id < ?", page.after())
                .list(this, Sort.descending("id"), page);
    }

    /**
     * Makes sure that no other product of the seller has this sku, or 409, until the transaction ends: those who give one
     * go one after the other. It comes before the lock on any product; without a sku there is nothing to do.
     */
    public Uni<Void> claimSku(@Nullable String sku, String sellerId, UUID id) {
        if (sku == null) {
            return Uni.createFrom().voidItem();
        }
        return lockSkus(sellerId)
                .chain(() -> count("sellerId = ?1 and sku = ?2 and id <> ?3", sellerId, sku, id))
                .invoke(found -> {
                    if (found > 0) {
                        throw Problem.SKU_TAKEN.because("Another of your products has the sku " + sku + ".");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Integer> lockSkus(String sellerId) {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT 1 FROM pg_advisory_xact_lock(:lock, hashtext(:sellerId))", Integer.class)
                        .setParameter("lock", SKU_LOCK)
                        .setParameter("sellerId", sellerId)
                        .getSingleResult());
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
