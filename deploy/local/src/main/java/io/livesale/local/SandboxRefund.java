package io.livesale.local;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What order-service asks the provider to give back.
 *
 * @param paymentId of the payment it comes from, which the sandbox may have forgotten
 */
record SandboxRefund(String refundId, String paymentId, String orderId, SandboxAmount amount, Status status) {
    static final Set<String> FIELDS = Set.of("refundId", "paymentId", "orderId", "amount");

    enum Status {
        SUCCEEDED,
        FAILED
    }

    static SandboxRefund of(Fields request) {
        return new SandboxRefund(
                request.text("refundId", SandboxPayment.MAX_ID_LENGTH),
                request.text("paymentId", SandboxPayment.MAX_ID_LENGTH),
                request.text("orderId", SandboxPayment.MAX_ID_LENGTH),
                SandboxAmount.of(request),
                Status.SUCCEEDED);
    }

    SandboxRefund failed() {
        return new SandboxRefund(refundId, paymentId, orderId, amount, Status.FAILED);
    }

    /** Whether both give back the same money; how they end may differ. */
    boolean givesBackTheSameAs(SandboxRefund other) {
        return failed().equals(other.failed());
    }

    JsonObject json() {
        return new JsonObject()
                .put("refundId", refundId)
                .put("amount", amount.json())
                .put("status", status);
    }

    WebhookNotice notice() {
        String type = status == Status.SUCCEEDED ? "refund.succeeded" : "refund.failed";
        return new WebhookNotice(
                "msg_" + refundId + "." + type,
                new JsonObject()
                        .put("type", type)
                        .put("orderId", orderId)
                        .put("paymentId", paymentId)
                        .put("refundId", refundId)
                        .put("amount", amount.json()));
    }
}
