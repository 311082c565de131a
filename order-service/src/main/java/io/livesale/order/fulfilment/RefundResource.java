package io.livesale.order.fulfilment;

import io.livesale.order.Money;
import io.livesale.order.Printable;
import io.livesale.order.SellerPaced;
import io.livesale.order.fulfilment.ChangeRequests.Accepted;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** {@code POST /orders/{id}/refunds}. */
@Path("/orders/{orderId}/refunds")
@Tag(name = "Fulfilment")
class RefundResource {
    private final ChangeRequests requests;
    private final JsonWebToken token;

    RefundResource(ChangeRequests requests, JsonWebToken token) {
        this.requests = requests;
        this.token = token;
    }

    /**
     * What is to be given back.
     *
     * @param refundId made by the caller, its own within the order; our own begin with {@code system:}
     */
    record RefundRequest(
            @NotNull @Pattern(
                    regexp = "(?!system:)[!-~]{1,64}",
                    message = "must be 1 to 64 visible ASCII characters and not begin with system:")
            @Schema(examples = "broken-jar-1")
            String refundId,

            @Valid @NotNull Amount amount,

            @NotBlank @Size(max = 200) @Printable @Schema(examples = "one jar was broken")
            String reason,

            @NotNull @Schema(description = "Whether the units that the amount pays for go back on sale")
            Boolean restock) {}

    /** Whole minor units of the order's currency. */
    record Amount(
            @NotNull @Min(1) @Schema(examples = "1990") Long amount,

            @NotNull @Schema(implementation = String.class, examples = "CNY")
            Currency currency) {
        Money toMoney() {
            return new Money(amount, currency);
        }
    }

    @POST
    @SellerPaced
    @RolesAllowed({"seller", "operator"})
    @ResponseStatus(202)
    @Operation(
            summary = "Give money back",
            description = "Of an order that was paid, in part or in full. The same refundId with the same amount is"
                    + " one refund, however often it is sent. Of refunds that cross, one may be accepted and come to"
                    + " nothing for want of money left; the order's timeline tells it as order.refund-refused.")
    @APIResponse(responseCode = "202", description = "Recorded, or refunded so before")
    @APIResponse(responseCode = "400", description = "INVALID_REQUEST, also for another currency than the order's")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(
            responseCode = "409",
            description = "ORDER_NOT_REFUNDABLE: never paid, or cancelled; REFUND_TOO_LARGE: more than what is left")
    @APIResponse(responseCode = "422", description = "IDEMPOTENCY_KEY_REUSED: the refundId with another amount")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    public Uni<Accepted> refund(@PathParam("orderId") UUID orderId, @Valid @NotNull RefundRequest body) {
        Money amount = body.amount().toMoney();
        String by = token.getSubject();
        return requests.bySellerOrOperator(
                token,
                orderId,
                (order, at) -> order.refund(body.refundId(), amount, body.reason(), body.restock(), by, at));
    }
}
