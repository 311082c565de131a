package io.livesale.payout.posting;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Looks for orders whose events wait although their sale is there. A consumer that ended between writing and concluding
 * leaves such; whoever reads its records again concludes for it, unless the group's offsets were moved past them.
 */
@ApplicationScoped
class Sweeping {
    private static final Logger LOG = Logger.getLogger(Sweeping.class);

    private static final String READY = """
            SELECT order_id
            FROM refund
            JOIN sale USING (order_id)
            WHERE NOT posted AND refused IS NULL
            UNION
            SELECT order_id
            FROM order_standing
            JOIN sale USING (order_id)
            WHERE completed_at IS NOT NULL AND release_at IS NULL
            AND (delivered_at IS NOT NULL OR kind = 'GIFT')
            LIMIT $1
            """;

    private static final String WAITING = """
            SELECT count(*)
            FROM refund
            WHERE NOT posted AND refused IS NULL
            """;

    private final Pool pool;
    private final Concluding concluding;
    private final PostingSettings settings;
    private final PostingMeters meters;

    Sweeping(Pool pool, Concluding concluding, PostingSettings settings, PostingMeters meters) {
        this.pool = pool;
        this.concluding = concluding;
        this.settings = settings;
        this.meters = meters;
    }

    @Scheduled(every = "{payout.posting.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return ready().onItem()
                .transformToMulti(orders -> Multi.createFrom().iterable(orders))
                .onItem()
                .transformToUniAndConcatenate(this::conclude)
                .onItem()
                .ignoreAsUni()
                .chain(this::count)
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("waiting events not looked for, again soon reason=%s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** One that cannot be concluded must not keep the others waiting. */
    private Uni<Void> conclude(UUID orderId) {
        return concluding.conclude(List.of(orderId)).onFailure().recoverWithUni(failure -> {
            LOG.warnf("order not concluded orderId=%s reason=%s", orderId, failure);
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<List<UUID>> ready() {
        return pool.preparedQuery(READY)
                .execute(Tuple.of(settings.sweepBatch()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("order_id"))
                        .toList());
    }

    private Uni<Void> count() {
        return pool.query(WAITING)
                .execute()
                .invoke(rows -> meters.waiting(rows.iterator().next().getLong(0)))
                .replaceWithVoid();
    }
}
