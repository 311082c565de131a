package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** The creator's own session; 404 for anybody else's. */
    public Uni<Session> requireOwn(UUID id, String creatorId) {
        return find("id = ?1 and creatorId = ?2", id, creatorId)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
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

    /** Newest first; of one status. */
    public Uni<List<Session>> list(Session.Status status, PageRequest<UUID> page) {
        return list(status, null, null, page);
    }

    /**
     * Newest first.
     *
     * @param status only those; absent: all
     * @param creatorId only this creator's; absent: everybody's
     * @param title part of the title; absent: any
     */
    public Uni<List<Session>> list(
            Session.@Nullable Status status,
            @Nullable String creatorId,
            @Nullable String title,
            PageRequest<UUID> page) {
        return new Where()
                .and("status = ?", status)
                .and("creatorId = ?", creatorId)
                .andContains("title", title)
                .and("id < ?", page.after())
                .list(this, Sort.descending("id"), page);
    }

    /** Those these offers are made in, by id. */
    public Uni<Map<UUID, Session>> of(List<Offer> offers) {
        List<UUID> ids = offers.stream().map(Offer::sessionId).distinct().toList();
        return list("id in ?1", ids)
                .map(found -> found.stream().collect(Collectors.toMap(Session::id, Function.identity())));
    }

    private static ProblemException unknown(UUID id) {
        return Problem.NOT_FOUND.because("No session " + id + ".");
    }
}
