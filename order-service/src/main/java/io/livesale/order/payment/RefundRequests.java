package io.livesale.order.payment;

import io.livesale.order.OrderSettings;
import io.livesale.order.Recurring;
import io.livesale.order.Rows;
import io.livesale.order.payment.PaymentProvider.RefundAnswer;
import io.livesale.order.payment.RefundRow.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks the provider for the refunds that the log has decided, again and again until it has answered. Claiming a refund
 * moves its next attempt by the pause that would follow a failure: so no replica asks for it meanwhile, no connection is
 * held while the provider takes its time, and an attempt that fails, or a process that dies in it, leaves nothing to do.
 */
@Singleton
class RefundRequests {
    private static final Logger LOG = Logger.getLogger(RefundRequests.class);
    /** Asked for at once: at most half of the connections to the provider, for buyers want to pay meanwhile. */
    private static final int PAGE = 16;

    private final Pool pool;
    private final PaymentProvider provider;
    private final Recurring recurring;
    private final MeterRegistry metrics;
    private final OrderSettings.Refunds settings;

    RefundRequests(
            Pool pool, PaymentProvider provider, Recurring recurring, MeterRegistry metrics, OrderSettings settings) {
        this.pool = pool;
        this.provider = provider;
        this.recurring = recurring;
        this.metrics = metrics;
        this.settings = settings.refunds();
    }

    void start(@Observes Startup startup) {
        recurring.every(settings.check(), "request refunds", this::requestDue);
    }

    Uni<Void> requestDue() {
        return Multi.createBy()
                .repeating()
                .uni(() -> claim().call(this::requestAll))
                .whilst(page -> page.size() == PAGE)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> requestAll(List<RefundRow> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndMerge(this::request)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<RefundRow>> claim() {
        return pool.preparedQuery("""
                        WITH due AS MATERIALIZED (
                            SELECT order_id, refund_id
                            FROM refund
                            WHERE status = 'REQUESTED'
                              AND next_attempt_at <= now()
                            ORDER BY next_attempt_at
                            LIMIT $1
                            FOR UPDATE SKIP LOCKED)
                        UPDATE refund
                        SET attempts = attempts + 1,
                            next_attempt_at = now() + least($2 * 2 ^ least(attempts, 30), $3) * interval '1 second'
                        FROM due
                        WHERE refund.order_id = due.order_id
                          AND refund.refund_id = due.refund_id
                        RETURNING %s
                        """.formatted(RefundRow.COLUMNS))
                .execute(Tuple.of(PAGE, seconds(settings.firstRetry()), seconds(settings.longestRetry())))
                .map(rows -> Rows.all(rows, RefundRow::of));
    }

    private static double seconds(Duration pause) {
        return pause.toMillis() / 1000.0;
    }

    /** Never fails: what could not be asked for or noted is due again later. */
    private Uni<Void> request(RefundRow refund) {
        return provider.refund(refund)
                .chain(answer -> note(refund, answer))
                .onFailure()
                .invoke(failure -> {
                    LOG.warnf(
                            "refund not answered, asked for again later orderId=%s refundId=%s attempts=%d reason=%s",
                            refund.orderId(), refund.refundId(), refund.attempts(), failure);
                    count("unanswered");
                })
                .onFailure()
                .recoverWithNull();
    }

    /** A notice of how it ended may have come first, and stands. */
    private Uni<Void> note(RefundRow refund, RefundAnswer answer) {
        Status then = answer == RefundAnswer.ACCEPTED ? Status.ACCEPTED : Status.FAILED;
        return pool.preparedQuery("""
                        UPDATE refund
                        SET status = $3
                        WHERE order_id = $1
                          AND refund_id = $2
                          AND status = 'REQUESTED'
                        """)
                .execute(Tuple.of(refund.orderId(), refund.refundId(), then.name()))
                .invoke(() -> tell(refund, answer))
                .replaceWithVoid();
    }

    private void tell(RefundRow refund, RefundAnswer answer) {
        if (answer == RefundAnswer.ACCEPTED) {
            LOG.infof("refund accepted orderId=%s refundId=%s", refund.orderId(), refund.refundId());
            count("accepted");
        } else {
            LOG.errorf(
                    "refund refused by the provider, the buyer waits for money orderId=%s refundId=%s",
                    refund.orderId(), refund.refundId());
            count("refused");
        }
    }

    private void count(String answer) {
        metrics.counter("order.refunds.requested", "answer", answer).increment();
    }
}
