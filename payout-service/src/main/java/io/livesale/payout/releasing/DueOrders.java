package io.livesale.payout.releasing;

import io.livesale.payout.DataFault;
import io.livesale.payout.Stride;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Goes through the orders that are due for something, some hundreds in a transaction, until none is left. Several
 * replicas may do so at once: each takes rows that no other has locked. An order that the ledger refuses is passed over.
 */
@ApplicationScoped
class DueOrders {
    private static final Logger LOG = Logger.getLogger(DueOrders.class);

    private final Pool pool;
    private final ReleasingSettings settings;
    private final MeterRegistry metrics;

    DueOrders(Pool pool, ReleasingSettings settings, MeterRegistry metrics) {
        this.pool = pool;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** What is done for some of the orders that are due. */
    interface Page {
        /** Leaves out the first {@code skipped} in their order, takes at most {@code limit}, and tells how many. */
        Uni<Integer> take(SqlConnection connection, int skipped, int limit);
    }

    /**
     * Never fails: what could not be done now is due again at the next look.
     *
     * @param timer names what is done, in logs and metrics
     */
    Uni<Void> all(String timer, Page page) {
        Look look = new Look(timer, page);
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
        private final Page page;
        private final Stride stride = new Stride(settings.batch());
        private int refused;

        private Look(String timer, Page page) {
            this.timer = timer;
            this.page = page;
        }

        /** Whether there may be more. */
        private Uni<Boolean> on() {
            int limit = stride.length();
            return pool.withTransaction(connection -> page.take(connection, refused, limit))
                    .map(orders -> taken(orders, limit))
                    .onFailure(DataFault::is)
                    .recoverWithItem(this::shorten);
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
