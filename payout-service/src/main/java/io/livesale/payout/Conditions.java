package io.livesale.payout;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed down by. Each combination makes a query of its own, so that each finds its index; a condition
 * that is there only sometimes would have one plan for all.
 */
public final class Conditions {
    private final List<String> clauses = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** @param clause with {@code $%d} for the value; left out where that is absent */
    public Conditions andIf(String clause, @Nullable Object value) {
        return value == null ? this : and(clause, value);
    }

    /** @param clause with {@code $%d} for each value, in their order; there may be none */
    public Conditions and(String clause, Object... given) {
        values.addAll(List.of(given));
        Object[] places = IntStream.rangeClosed(values.size() - given.length + 1, values.size())
                .boxed()
                .toArray();
        clauses.add(clause.formatted(places));
        return this;
    }

    public String where() {
        return String.join(" AND ", clauses);
    }

    public Tuple values() {
        return Tuple.from(values);
    }
}
