package io.livesale.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Orders of earlier sales, so that tables and indexes are as large as after months of selling. They are copies of an
 * order that order-service stored itself, with ids of their own, so every column holds what it really holds.
 */
final class Archive {
    private static final List<Copied> TABLES = List.of(
            new Copied(
                    "orders",
                    "accepted_at",
                    "1",
                    Map.of(
                            "order_id", "gen_random_uuid()",
                            "offer_id", "('0193' || lpad(to_hex(n % 10000), 28, '0'))::uuid",
                            "buyer_id", "'earlier-buyer-' || n % 1000000",
                            // Finished: no timer looks at them.
                            "status", "'COMPLETED'")),
            new Copied(
                    "event_batch",
                    // The largest batch: in a spike they are large.
                    "end_offset - first_offset",
                    "end_offset - first_offset",
                    Map.of(
                            // No such partition exists: nothing here is ever taken for a replay.
                            "partition", "1000",
                            "first_offset", "n",
                            "end_offset", "n + end_offset - first_offset")));

    private static final long STEP = 1_000_000;

    private final Database database;
    private long copied;

    /**
     * A table and how it is copied.
     *
     * @param most the row that has most of this is copied
     * @param orders how many of them one of its rows is for
     * @param own columns that differ from one copy to the next, by the number {@code n} of the copy's first order
     */
    private record Copied(String table, String most, String orders, Map<String, String> own) {
        String keepTemplate() {
            return """
                    CREATE TABLE benchmark.%s AS
                    SELECT *
                    FROM %s
                    ORDER BY %s DESC
                    LIMIT 1
                    """.formatted(table, table, most);
        }

        String copy(String columns, long from, long to) {
            String values = Arrays.stream(columns.split(","))
                    .map(column -> own.getOrDefault(column, column))
                    .collect(Collectors.joining(", "));
            return """
                    INSERT INTO %s (%s)
                    SELECT %s
                    FROM benchmark.%s, generate_series(%d, %d, %s) AS n
                    """.formatted(table, columns, values, table, from, to, orders);
        }
    }

    /** Orders must have been stored by now. */
    Archive(Database database) {
        this.database = database;
        database.execute("CREATE SCHEMA benchmark");
        TABLES.forEach(table -> database.execute(table.keepTemplate()));
    }

    /** Makes so many orders stored, or leaves up to twice as many as they are. */
    void hold(long orders, Progress progress) {
        long present = database.orders();
        if (present >= orders && present <= 2 * orders) {
            return;
        }
        if (present > orders) {
            TABLES.forEach(table -> database.execute("TRUNCATE " + table.table()));
            present = 0;
        }
        progress.say("  storing %,d orders of earlier sales", orders - present);
        for (long missing = orders - present; missing > 0; missing -= STEP) {
            copy(Math.min(STEP, missing));
        }
        TABLES.forEach(table -> database.execute("ANALYZE " + table.table()));
        database.execute("CHECKPOINT");
    }

    private void copy(long count) {
        for (Copied table : TABLES) {
            String columns = database.text("""
                    SELECT string_agg(quote_ident(column_name), ',' ORDER BY ordinal_position)
                    FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = '%s' AND is_generated = 'NEVER'
                    """.formatted(table.table()));
            database.execute(table.copy(columns, copied + 1, copied + count));
        }
        copied += count;
    }
}
