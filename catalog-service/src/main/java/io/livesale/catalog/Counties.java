package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The counties there are. */
@ApplicationScoped
public class Counties implements PanacheRepositoryBase<County, String> {
    /** Makes the county or changes the one with this code; two at once end as one of the two. */
    public Uni<Void> put(String code, String name, String province, boolean designated) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                INSERT INTO county (code, name, province, designated)
                                VALUES (:code, :name, :province, :designated)
                                ON CONFLICT (code) DO UPDATE
                                SET name = excluded.name, province = excluded.province, designated = excluded.designated
                                """)
                        .setParameter("code", code)
                        .setParameter("name", name)
                        .setParameter("province", province)
                        .setParameter("designated", designated)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The county, or 404. */
    public Uni<County> require(String code) {
        return findById(code).onItem().ifNull().failWith(() -> Problem.NOT_FOUND.because("No county " + code + "."));
    }

    /** Fails with a violation on {@code field} when no county has this code; no code is fine. */
    public Uni<Void> requireKnown(String field, @Nullable String code) {
        if (code == null) {
            return Uni.createFrom().voidItem();
        }
        return count("code", code)
                .invoke(found -> {
                    if (found == 0) {
                        throw new InvalidField(field, "must be the code of a known county");
                    }
                })
                .replaceWithVoid();
    }

    /** Where an offer comes from, by what the counties are now. */
    public Uni<Origin> origin(@Nullable String county, @Nullable String creatorCounty) {
        List<String> codes =
                Stream.of(county, creatorCounty).filter(Objects::nonNull).toList();
        return list("code in ?1", codes).map(found -> {
            Map<String, Boolean> designated = new HashMap<>();
            found.forEach(one -> designated.put(one.code(), one.designated()));
            return new Origin(designated.get(county), creatorCounty, designated.get(creatorCounty));
        });
    }

    /** In the order of their codes. */
    public Uni<List<County>> list(PageRequest<String> page) {
        String after = page.after();
        return after == null
                ? from("", page.rowsToFetch())
                : from(after, 1 + page.rowsToFetch()).map(found -> behind(after, found));
    }

    private Uni<List<County>> from(String code, int rows) {
        return find("code >= ?1", Sort.by("code"), code).range(0, rows - 1).list();
    }

    /** No county is ever removed: a cursor that names none is no cursor. */
    private static List<County> behind(String code, List<County> found) {
        if (found.isEmpty() || !found.get(0).code().equals(code)) {
            throw new InvalidField("cursor", "cannot be read");
        }
        return found.subList(1, found.size());
    }
}
