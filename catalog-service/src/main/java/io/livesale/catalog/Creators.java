package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

/** The creators who introduced themselves. */
@ApplicationScoped
public class Creators implements PanacheRepositoryBase<Creator, String> {
    /** The profile, or 404. */
    public Uni<Creator> require(String id) {
        return findById(id).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** The profile to be changed, or 404. */
    public Uni<Creator> requireLocked(String id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** The creator's own profile to be changed, made at the first call, even when two first calls meet. */
    public Uni<Creator> ownLocked(String id) {
        return getSession()
                .chain(session ->
                        session.createNativeQuery("""
                                INSERT INTO creator (id, display_name, verification)
                                VALUES (:id, '', 'PENDING')
                                ON CONFLICT (id) DO NOTHING
                                """).setParameter("id", id).executeUpdate())
                .chain(() -> requireLocked(id));
    }

    /** Whether this user has a profile and an operator verified it. */
    public Uni<Boolean> verified(String id) {
        return count("id = ?1 and verification = ?2", id, Creator.Verification.VERIFIED)
                .map(found -> found > 0);
    }

    private static ProblemException unknown(String id) {
        return Problem.NOT_FOUND.because("No creator " + id + ".");
    }
}
