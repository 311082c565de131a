package io.livesale.order.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livesale.order.CommandLog;
import io.livesale.order.Json;
import io.livesale.order.Money;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.Problem;
import io.livesale.order.UnreadableRecordException;
import io.livesale.order.payment.PayableOrders.Payable;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseStatus;

/**
 * {@code POST /payments/webhook}: the provider tells what became of a payment. Only what is signed counts; it is
 * answered 202 once the log holds the consequence, so the provider repeats what we could not record.
 */
@Path("/payments/webhook")
@Tag(name = "Payments")
class WebhookResource {
    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private final WebhookSignature signature;
    private final PayableOrders orders;
    private final CommandLog log;
    private final Clock clock;

    WebhookResource(WebhookSignature signature, PayableOrders orders, CommandLog log, Clock clock) {
        this.signature = signature;
        this.orders = orders;
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

    record Notice(Type type, UUID orderId, UUID paymentId, Money amount) {
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
            summary = "What became of a payment",
            description = "Signed as Standard Webhooks says; 401 otherwise. A repeat changes nothing.")
    @Parameter(name = "webhook-id", in = ParameterIn.HEADER, required = true)
    @Parameter(name = "webhook-timestamp", in = ParameterIn.HEADER, required = true, description = "Unix seconds")
    @Parameter(name = "webhook-signature", in = ParameterIn.HEADER, required = true, example = "v1,base64")
    @RequestBody(content = @Content(schema = @Schema(implementation = Notice.class)))
    @APIResponse(responseCode = "202", description = "Recorded, or recorded before")
    @APIResponse(responseCode = "401", description = "UNAUTHENTICATED")
    @APIResponse(responseCode = "422", description = "PAYMENT_MISMATCH")
    public Uni<Void> receive(@Context HttpHeaders headers, String body) {
        signature.require(headers, body);
        Notice notice = read(body);
        return orders.find(notice.orderId()).map(found -> check(notice, found)).chain(order -> record(notice, order));
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
        if (!notice.paymentId().equals(order.paymentId()) || !notice.amount().equals(order.total())) {
            LOG.errorf("payment notice does not fit the order orderId=%s", notice.orderId());
            throw Problem.PAYMENT_MISMATCH.because("The payment or its amount is not this order's.");
        }
        return order;
    }

    private Uni<Void> record(Notice notice, Payable order) {
        LOG.infof("payment notice orderId=%s type=%s", notice.orderId(), notice.type());
        if (notice.type() != Type.PAYMENT_CAPTURED) {
            return Uni.createFrom().voidItem();
        }
        PayOrder pay = new PayOrder(order.orderId(), order.offerId(), notice.paymentId(), clock.instant());
        return log.append(pay).replaceWithVoid();
    }
}
