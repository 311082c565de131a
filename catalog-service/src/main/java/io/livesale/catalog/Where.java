package io.livesale.catalog;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a list in HQL: those that were asked for, each with its value as a parameter. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /**
     * Adds a condition, unless there is no value for it.
     *
     * @param condition with a {@code ?} for the value: {@code "status = ?"}
     */
    Where and(String condition, @Nullable Object value) {
        if (value != null) {
            values.add(value);
            conditions.add(condition.replace("?", "?" + values.size()));
        }
        return this;
    }

    /** The field holds this text somewhere, in capitals or not; no character is a wildcard. */
    Where andContains(String field, @Nullable String part) {
        return and("locate(lower(?), lower(" + field + ")) > 0", part);
    }

    /** What is found for this page, see {@link Page#of}. */
    <T> Uni<List<T>> list(PanacheRepositoryBase<T, ?> rows, Sort order, PageRequest<?> page) {
        return rows.find(String.join(" and ", conditions), order, values.toArray())
                .range(0, page.rowsToFetch() - 1)
                .list();
    }
}
