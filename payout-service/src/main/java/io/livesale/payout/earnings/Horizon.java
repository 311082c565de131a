package io.livesale.payout.earnings;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How far the order of the movements is final. A movement is booked at the time at which its database transaction began,
 * and is seen when that commits: as long as it runs, it may still come before others that are seen already. A page or a
 * sum that went further would leave it out for good.
 */
@Singleton
class Horizon {
    /** A second is left to transactions that have taken their time and are not listed yet. */
    private static final String FINAL = """
            SELECT least($1, min(xact_start) - interval '1 second') AS final
            FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user
            """;

    private final Pool pool;

    Horizon(Pool pool) {
        this.pool = pool;
    }

    /**
     * The time before which nothing will be booked any more, at most {@code until}. To be asked before what is to be read
     * up to it.
     */
    Uni<Instant> upTo(Instant until) {
        return pool.preparedQuery(FINAL)
                .execute(Tuple.of(until.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getOffsetDateTime("final").toInstant());
    }
}
