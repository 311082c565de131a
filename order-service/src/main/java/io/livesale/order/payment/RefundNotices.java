package io.livesale.order.payment;

import io.livesale.order.Money;
import io.livesale.order.Problem;
import io.livesale.order.Rows;
import io.livesale.order.payment.RefundRow.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notes how refunds ended, as the provider tells. Notices may be repeated, cross, and come before the answer to our
 * request; a failure is final, for it has to be looked into.
 */
@Singleton
class RefundNotices {
    private static final Logger LOG = Logger.getLogger(RefundNotices.class);

    private final Pool pool;
    private final MeterRegistry metrics;

    RefundNotices(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    /**
     * @param noticeId the same for every copy of the notice
     * @param providerId absent: it is the order's oldest refund of that amount whose end is not known
     * @param ended {@link Status#SUCCEEDED} or {@link Status#FAILED}
     */
    record Ending(String noticeId, UUID orderId, @Nullable UUID providerId, Money amount, Status ended) {}

    /** Fails with {@link Problem#PAYMENT_MISMATCH} when we have no such refund. */
    Uni<Void> note(Ending ending) {
        return pool.withTransaction(connection -> lockAll(connection, ending.orderId())
                .chain(refunds -> isRepeated(ending, refunds)
                        ? Uni.createFrom().voidItem()
                        : end(connection, ending, require(ending, refunds))));
    }

    /** The order's refunds, the oldest first; two copies of a notice must not both find the same one unsettled. */
    private static Uni<List<RefundRow>> lockAll(SqlConnection connection, UUID orderId) {
        return connection
                .preparedQuery("""
                        SELECT %s
                        FROM refund
                        WHERE order_id = $1
                        ORDER BY number
                        FOR UPDATE
                        """.formatted(RefundRow.COLUMNS))
                .execute(Tuple.of(orderId))
                .map(rows -> Rows.all(rows, RefundRow::of));
    }

    private static boolean isRepeated(Ending ending, List<RefundRow> refunds) {
        return refunds.stream().anyMatch(refund -> ending.noticeId().equals(refund.noticeId()));
    }

    private static RefundRow require(Ending ending, List<RefundRow> refunds) {
        List<RefundRow> fitting = refunds.stream()
                .filter(refund -> refund.amount().equals(ending.amount()))
                .toList();
        UUID providerId = ending.providerId();
        Optional<RefundRow> meant = providerId == null
                ? fitting.stream()
                        .filter(refund -> !refund.status().isSettled())
                        .findFirst()
                : fitting.stream()
                        .filter(refund -> refund.providerId().equals(providerId))
                        .findFirst();
        return meant.orElseThrow(() -> {
            LOG.errorf("refund notice does not fit the order orderId=%s", ending.orderId());
            return Problem.PAYMENT_MISMATCH.because("The refund or its amount is not this order's.");
        });
    }

    private Uni<Void> end(SqlConnection connection, Ending ending, RefundRow refund) {
        return connection
                .preparedQuery("""
                        UPDATE refund
                        SET status = $3,
                            notice_id = $4
                        WHERE order_id = $1
                          AND refund_id = $2
                          AND status NOT IN ('FAILED', $3)
                        """)
                .execute(Tuple.of(
                        refund.orderId(), refund.refundId(), ending.ended().name(), ending.noticeId()))
                .invoke(updated -> {
                    if (updated.rowCount() > 0) {
                        tell(refund, ending.ended());
                    }
                })
                .replaceWithVoid();
    }

    private void tell(RefundRow refund, Status ended) {
        if (ended == Status.SUCCEEDED) {
            LOG.infof("refund succeeded orderId=%s refundId=%s", refund.orderId(), refund.refundId());
        } else {
            LOG.errorf(
                    "refund failed at the provider, the buyer waits for money orderId=%s refundId=%s",
                    refund.orderId(), refund.refundId());
        }
        metrics.counter("order.refunds.ended", "as", ended.name()).increment();
    }
}
