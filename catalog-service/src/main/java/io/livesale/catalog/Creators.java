package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The creators who introduced themselves. */
@ApplicationScoped
public class Creators implements PanacheRepositoryBase<Creator, String> {
    private static final Pattern UNADDRESSABLE = Pattern.compile("[/\\\\%;]|^\\.{1,2}$");

    /** The profile, or 404. */
    public Uni<Creator> require(String id) {
        return findById(id).onItem().ifNull().failWith(() -> unknown(id));
    }

    /** The profile to be changed, or 404. */
    public Uni<Creator> requireLocked(String id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE).onItem().ifNull().failWith(() -> unknown(id));
    }

    /**
     * The creator's own profile to be changed, made at the first call, even when two first calls meet. 400 for an id that
     * gateways let through no path, encoded or not: nobody could decide about such a creator.
     */
    public Uni<Creator> ownLocked(String id) {
        if (UNADDRESSABLE.matcher(id).find()) {
            throw Problem.INVALID_REQUEST.because(
                    "A creator's user id stands in addresses: it is not . or .. and holds none of / \\ % ;");
        }
        return getSession()
                .chain(session ->
                        session.createNativeQuery("""
                                INSERT INTO creator (id, display_name, verification)
                                VALUES (:id, '', 'PENDING')
                                ON CONFLICT (id) DO NOTHING
                                """).setParameter("id", id).executeUpdate())
                .chain(() -> requireLocked(id));
    }

    /** The profile if an operator verified it, else the refusal to open. */
    public Uni<Creator> requireVerified(String id) {
        return find("id = ?1 and verification = ?2", id, Creator.Verification.VERIFIED)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Problem.CREATOR_NOT_VERIFIED.because("Offers open once an operator verified you."));
    }

    /** What these users call themselves, by their ids; no key for one without a profile. */
    public Uni<Map<String, String>> names(List<String> ids) {
        return list("id in ?1", ids)
                .map(found -> found.stream().collect(Collectors.toMap(Creator::id, Creator::displayName)));
    }

    /**
     * In the order they introduced themselves, so that who has waited longest comes first.
     *
     * @param verification only those who stand so; absent: all
     * @param name part of the display name; absent: any
     */
    public Uni<List<Creator>> list(
            Creator.@Nullable Verification verification, @Nullable String name, PageRequest<Long> page) {
        return new Where()
                .and("verification = ?", verification)
                .andContains("displayName", name)
                .and("arrival > ?", page.after())
                .list(this, Sort.by("arrival"), page);
    }

    /** Nobody here by this id, or nobody who is the caller's business. */
    public static ProblemException unknown(String id) {
        return Problem.NOT_FOUND.because("No creator " + id + ".");
    }
}
