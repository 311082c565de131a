package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The offers there are. For the order of locks see {@link Sessions}. */
@ApplicationScoped
public class Offers implements PanacheRepositoryBase<Offer, UUID> {
    /** The offer, or 404. */
    public Uni<Offer> require(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** An offer of this session, or 404. */
    public Uni<Offer> requireIn(Session session, UUID id) {
        return find("id = ?1 and sessionId = ?2", id, session.id())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> unknown(id));
    }

    /** An offer whose session is locked already, locked until the transaction ends; 404 when there is none. */
    public Uni<Offer> requireLocked(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** 404 unless the offer is this creator's. */
    public Uni<Void> requireOwn(UUID id, String creatorId) {
        return count("id = ?1 and creatorId = ?2", id, creatorId)
                .invoke(found -> {
                    if (found == 0) {
                        throw unknown(id);
                    }
                })
                .replaceWithVoid();
    }

    /** Of a session whose row is locked already: those not closed, locked in the order of their ids. */
    public Uni<List<Offer>> unclosedLocked(Session session) {
        return find("sessionId = ?1 and status <> ?2", Sort.by("id"), session.id(), Offer.Status.CLOSED)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Newest first. */
    public Uni<List<Offer>> list(OfferFilter wanted, PageRequest<UUID> page) {
        return new Where()
                .and("status = ?", wanted.status())
                .and("county = ?", wanted.county())
                .and("sellerId = ?", wanted.sellerId())
                .and("creatorId = ?", wanted.creatorId())
                .andContains("title", wanted.title())
                .and("id < ?", page.after())
                .list(this, Sort.descending("id"), page);
    }

    /** Of one session, in the order they were made; a session has a bounded number of them. */
    public Uni<List<Offer>> of(Session session) {
        return list("sessionId", Sort.by("id"), session.id());
    }

    /** Of these sessions, by session, each in the order they were made; no key for a session without any. */
    public Uni<Map<UUID, List<Offer>>> of(List<Session> sessions) {
        List<UUID> ids = sessions.stream().map(Session::id).toList();
        return list("sessionId in ?1", Sort.by("id"), ids)
                .map(all -> all.stream().collect(Collectors.groupingBy(Offer::sessionId)));
    }

    /** How many are open in each of these sessions; no key for a session without any. */
    public Uni<Map<UUID, Long>> countOpen(List<UUID> sessionIds) {
        return getSession()
                .chain(session -> session.createQuery("""
                                SELECT o.sessionId, count(*)
                                FROM Offer o
                                WHERE o.sessionId IN :sessions
                                AND o.status = :open
                                GROUP BY o.sessionId
                                """, Object[].class)
                        .setParameter("sessions", sessionIds)
                        .setParameter("open", Offer.Status.OPEN)
                        .getResultList())
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1])));
    }

    /** The ids of those whose closing time has come, longest overdue first. */
    public Uni<List<UUID>> overdue(Instant now, int atMost) {
        return getSession()
                .chain(session -> session.createQuery("""
                                SELECT o.id
                                FROM Offer o
                                WHERE o.status <> :closed
                                AND o.closesAt <= :now
                                ORDER BY o.closesAt
                                """, UUID.class)
                        .setParameter("closed", Offer.Status.CLOSED)
                        .setParameter("now", now)
                        .setMaxResults(atMost)
                        .getResultList());
    }

    static ProblemException unknown(UUID id) {
        return Problem.NOT_FOUND.because("No offer " + id + ".");
    }
}
