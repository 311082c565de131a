package io.livesale.payout;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as arrays, one for each column, as {@code unnest} reads them: one statement takes any number of rows. */
public final class Columns<R> {
    private final List<R> rows;
    private final List<Object> columns = new ArrayList<>();

    private Columns(List<R> rows) {
        this.rows = rows;
    }

    public static <R> Columns<R> of(List<R> rows) {
        return new Columns<>(rows);
    }

    public Columns<R> texts(Function<R, @Nullable String> value) {
        return add(value, String[]::new);
    }

    public Columns<R> uuids(Function<R, @Nullable UUID> value) {
        return add(value, UUID[]::new);
    }

    public Columns<R> shorts(Function<R, @Nullable Short> value) {
        return add(value, Short[]::new);
    }

    public Columns<R> integers(Function<R, @Nullable Integer> value) {
        return add(value, Integer[]::new);
    }

    public Columns<R> longs(Function<R, @Nullable Long> value) {
        return add(value, Long[]::new);
    }

    public Columns<R> booleans(Function<R, @Nullable Boolean> value) {
        return add(value, Boolean[]::new);
    }

    /** Minor units. */
    public Columns<R> amounts(Function<R, Money> value) {
        return longs(row -> value.apply(row).amount());
    }

    /** ISO 4217 codes. */
    public Columns<R> currencies(Function<R, Money> value) {
        return texts(row -> value.apply(row).currency().getCurrencyCode());
    }

    public Columns<R> times(Function<R, @Nullable Instant> value) {
        return add(row -> utc(value.apply(row)), OffsetDateTime[]::new);
    }

    /** A value beside the columns, the same for all rows. */
    public Columns<R> value(Object value) {
        columns.add(value);
        return this;
    }

    public Tuple tuple() {
        return Tuple.from(columns);
    }

    private <T> Columns<R> add(Function<R, @Nullable T> value, IntFunction<T[]> array) {
        columns.add(rows.stream().map(value).toArray(array));
        return this;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
