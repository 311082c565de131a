package io.livesale.order;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How far the command log is decided, by whichever replica, as the database tells. */
@Singleton
public class LogProgress {
    private final Pool pool;

    LogProgress(Pool pool) {
        this.pool = pool;
    }

    /** Of each partition the offset of the next command to decide; of a partition that is missing none is decided. */
    public Uni<Map<Integer, Long>> nextOffsets() {
        // The condition, which every row meets, lets the index be used, as for all that is read here.
        return pool.query("""
                        SELECT partition, next_offset
                        FROM partition_progress
                        WHERE partition >= 0
                        """)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toUnmodifiableMap(
                                row -> row.getInteger("partition"), row -> row.getLong("next_offset"))));
    }
}
