package io.livesale.order.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livesale.order.CommandLog;
import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.Problem;
import io.livesale.order.UnreadableRecordException;
import io.livesale.order.payment.PayableOrders.Payable;
import io.livesale.order.payment.RefundNotices.Ending;
import io.livesale.order.payment.RefundRow.Status;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /payments/webhook}: the provider tells what became of a payment or a refund. Only what is signed
 * counts; it is answered 202 once the log or the database holds the consequence, so the provider repeats what we could
 * not record.
 */
@Path("/payments/webhook")
@Tag(name = "Payments")
class WebhookResource {
    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private final WebhookSignature signature;
    private final PayableOrders orders;
    private final RefundNotices refunds;
    private final CommandLog log;
    private final Clock clock;

    WebhookResource(
            WebhookSignature signature, PayableOrders orders, RefundNotices refunds, CommandLog log, Clock clock) {
        this.signature = signature;
        this.orders = orders;
        this.refunds = refunds;
        this.log = log;
        this.clock = clock;
    }

    enum Type {
        @JsonProperty("payment.captured")
        PAYMENT_CAPTURED,
        @JsonProperty("payment.failed")
        PAYMENT_FAILED,
        @JsonProperty("refund.succeeded")
        REFUND_SUCCEEDED,
        @JsonProperty("refund.failed")
        REFUND_FAILED
    }

    /**
     * @param amount of the payment or of the refund
     * @param refundId as we named it to the provider
     */
    record Notice(
            Type type,
            UUID orderId,
            UUID paymentId,
            Money amount,
            @Nullable UUID refundId) {
        Notice {
            if (type == null || orderId == null || paymentId == null || amount == null) {
                throw new UnreadableRecordException("type, orderId, paymentId and amount are needed");
            }
        }
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(
            summary = "What became of a payment or a refund",
            description = "Signed as Standard Webhooks says; 401 otherwise. A repeat changes nothing. Fields not"
                    + " named here are passed over, for providers add some from time to time.")
    @Parameter(
            name = "webhook-id",
            in = ParameterIn.HEADER,
            required = true,
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "webhook-timestamp",
            in = ParameterIn.HEADER,
            required = true,
            description = "Unix seconds",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "webhook-signature",
            in = ParameterIn.HEADER,
            required = true,
            example = "v1,base64",
            schema = @Schema(type = SchemaType.STRING))
    @RequestBody(content = @Content(schema = @Schema(implementation = Notice.class)))
    @APIResponse(responseCode = "202", description = "Recorded, or recorded before")
    @APIResponse(responseCode = "401", description = "UNAUTHENTICATED")
    @APIResponse(responseCode = "422", description = "PAYMENT_MISMATCH")
    public Uni<Void> receive(@Context HttpHeaders headers, byte[] body) {
        Notice notice = read(signature.read(headers, body));
        String noticeId = headers.getHeaderString("webhook-id");
        return orders.find(notice.orderId())
                .map(found -> check(notice, found))
                .chain(order -> record(notice, order, noticeId));
    }

    private static Notice read(String body) {
        try {
            return Json.read(body, Notice.class);
        } catch (UnreadableRecordException e) {
            throw Problem.INVALID_REQUEST.because("The body is not a payment notice.");
        }
    }

    private static Payable check(Notice notice, Optional<Payable> found) {
        Payable order = found.orElseThrow(() -> Problem.NOT_FOUND.because("No such order."));
        boolean ofPayment = notice.type() == Type.PAYMENT_CAPTURED || notice.type() == Type.PAYMENT_FAILED;
        boolean amountFits = !ofPayment || notice.amount().equals(order.total());
        if (!notice.paymentId().equals(order.paymentId()) || !amountFits) {
            LOG.errorf("payment notice does not fit the order orderId=%s", notice.orderId());
            throw Problem.PAYMENT_MISMATCH.because("The payment or its amount is not this order's.");
        }
        return order;
    }

    /** A capture goes into the log whatever the order's state: what came too late, the rules give back. */
    private Uni<Void> record(Notice notice, Payable order, String noticeId) {
        LOG.infof("payment notice orderId=%s type=%s", notice.orderId(), notice.type());
        return switch (notice.type()) {
            case PAYMENT_CAPTURED ->
                log.append(new PayOrder(order.orderId(), order.offerId(), notice.paymentId(), clock.instant()))
                        .replaceWithVoid();
            case PAYMENT_FAILED -> Uni.createFrom().voidItem();
            case REFUND_SUCCEEDED -> refunds.note(ending(notice, noticeId, Status.SUCCEEDED));
            case REFUND_FAILED -> refunds.note(ending(notice, noticeId, Status.FAILED));
        };
    }

    private static Ending ending(Notice notice, String noticeId, Status ended) {
        return new Ending(noticeId, notice.orderId(), notice.refundId(), notice.amount(), ended);
    }
}
