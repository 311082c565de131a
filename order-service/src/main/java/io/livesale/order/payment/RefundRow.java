package io.livesale.order.payment;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.order.Money;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that the provider is to give back, and how far that is.
 *
 * @param refundId its own within the order
 * @param attempts how often the provider was asked, this time included
 * @param noticeId of the webhook that told how it ended
 */
record RefundRow(
        UUID orderId,
        String refundId,
        UUID paymentId,
        Money amount,
        Status status,
        int attempts,
        @Nullable String noticeId) {

    enum Status {
        REQUESTED,
        ACCEPTED,
        SUCCEEDED,
        FAILED;

        boolean isSettled() {
            return this == SUCCEEDED || this == FAILED;
        }
    }

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            refund.order_id, refund.refund_id, refund.payment_id, refund.amount, refund.currency, refund.status,
            refund.attempts, refund.notice_id""";

    static RefundRow of(Row row) {
        return new RefundRow(
                row.getUUID("order_id"),
                row.getString("refund_id"),
                row.getUUID("payment_id"),
                Objects.requireNonNull(Money.ofColumns(row.getLong("amount"), row.getString("currency"))),
                Status.valueOf(row.getString("status")),
                row.getInteger("attempts"),
                row.getString("notice_id"));
    }

    /**
     * What the provider knows it by: UUIDv5 (RFC 9562) in the order's id, like the payment's, and set apart from that
     * whatever a seller calls the refund.
     */
    UUID providerId() {
        return UuidCreator.getNameBasedSha1(orderId, "refund:" + refundId);
    }
}
