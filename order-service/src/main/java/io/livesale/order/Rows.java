package io.livesale.order;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a query found, as our types. A JSON column is selected as text, for our own {@link Json} to read. */
public final class Rows {
    private Rows() {}

    public static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reader) {
        return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
    }

    public static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(reader.apply(rows.iterator().next()));
    }

    public static <T> @Nullable T json(Row row, String column, Class<T> type) {
        String text = row.getString(column);
        return text == null ? null : Json.read(text, type);
    }

    /** Empty when the column is. */
    public static <T> List<T> jsonList(Row row, String column, Class<T[]> type) {
        T[] all = json(row, column, type);
        return all == null ? List.of() : List.of(all);
    }

    public static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
