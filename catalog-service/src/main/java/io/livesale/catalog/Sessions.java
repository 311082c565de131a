package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sessions there are. Whoever changes a session or its offers locks the session first, then offers, then products,
 * each in the order of their ids: transactions that meet wait for each other and never in a circle.
 */
@ApplicationScoped
public class Sessions implements PanacheRepositoryBase<Session, UUID> {
    /** The session, or 404. */
    public Uni<Session> require(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** The creator's own session, locked until the transaction ends; 404 for anybody else's. */
    public Uni<Session> requireOwnLocked(UUID id, String creatorId) {
        return find("id = ?1 and creatorId = ?2", id, creatorId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    /** The session of an offer, locked until the transaction ends; 404 when there is no such offer. */
    public Uni<Session> requireLockedOf(UUID offerId) {
        return find("id = (select o.sessionId from Offer o where o.id = ?1)", offerId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Offers.unknown(offerId));
    }

    /** Newest first; of one status, or of all. */
    public Uni<List<Session>> list(Session.@Nullable Status status, PageRequest<UUID> page) {
        UUID before = page.after() == null ? Ids.LAST : page.after();
        Sort newestFirst = Sort.descending("id");
        return (status == null
                        ? find("id < ?1", newestFirst, before)
                        : find("id < ?1 and status = ?2", newestFirst, before, status))
                .range(0, page.rowsToFetch() - 1)
                .list();
    }

    private static ProblemException unknown(UUID id) {
        return Problem.NOT_FOUND.because("No session " + id + ".");
    }
}
