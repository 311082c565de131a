package io.livesale.payout.releasing;

import io.livesale.payout.DataFault;
import io.livesale.payout.Stride;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Goes through the orders that are due for something, some hundreds in a transaction, until none is left. Several
 * replicas may do so at once: each takes rows that no other has locked. An order that the ledger refuses is passed over.
 */
@ApplicationScoped
class DueOrders {
    private static final Logger LOG = Logger.getLogger(DueOrders.class);

    private final Pool pool;
    private final Clock clock;
    private final ReleasingSettings settings;
    private final MeterRegistry metrics;

    DueOrders(Pool pool, Clock clock, ReleasingSettings settings, MeterRegistry metrics) {
        this.pool = pool;
        this.clock = clock;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** What is done for some of the orders that are due. */
    interface Freeing {
        Uni<Void> free(SqlConnection connection, List<Holding> due, Instant now);
    }

    /**
     * Never fails: what could not be done now is due again at the next look.
     *
     * @param timer names what is done, in logs and metrics
     * @param due locks what is due at $1 and no other has locked, and reads it as {@link Holding}: at most $2, without the
     *     first $3 in their order
     */
    Uni<Void> all(String timer, String due, Freeing freeing) {
        Look look = new Look(timer, due, freeing);
        return Multi.createBy()
                .repeating()
                .uni(look::on)
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .recoverWithUni(failure -> {
                    count("failures", timer, 1);
                    LOG.warnf("due orders left, again soon timer=%s reason=%s", timer, failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** One walk along all that is due. */
    private final class Look {
        private final String timer;
        private final String due;
        private final Freeing freeing;
        private final Stride stride = new Stride(settings.batch());
        private int refused;

        private Look(String timer, String due, Freeing freeing) {
            this.timer = timer;
            this.due = due;
            this.freeing = freeing;
        }

        /** Whether there may be more. */
        private Uni<Boolean> on() {
            int limit = stride.length();
            return pool.withTransaction(connection -> free(connection, limit, clock.instant()))
                    .map(orders -> taken(orders, limit))
                    .onFailure(DataFault::is)
                    .recoverWithItem(this::shorten);
        }

        /** How many. */
        private Uni<Integer> free(SqlConnection connection, int limit, Instant now) {
            return connection
                    .preparedQuery(due)
                    .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), limit, refused))
                    .map(Holding::all)
                    .call(holdings ->
                            holdings.isEmpty() ? Uni.createFrom().voidItem() : freeing.free(connection, holdings, now))
                    .map(List::size);
        }

        private boolean taken(int orders, int limit) {
            if (orders > 0) {
                count("orders", timer, orders);
                LOG.infof("money freed timer=%s orders=%d", timer, orders);
            }
            stride.lengthen();
            return orders == limit;
        }

        /** What is refused again and again is no matter of single orders: then the look ends. */
        private boolean shorten(Throwable fault) {
            if (!stride.shorten()) {
                refused++;
                count("failures", timer, 1);
                LOG.errorf("due order refused, passed over timer=%s reason=%s", timer, fault);
            }
            return refused < settings.batch();
        }
    }

    private void count(String what, String timer, int amount) {
        metrics.counter("payout.timer." + what, "timer", timer).increment(amount);
    }
}
