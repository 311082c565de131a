package io.livesale.order.payment;

import io.livesale.order.InvalidField;
import io.livesale.order.Money;
import io.livesale.order.Order;
import io.livesale.order.Paced;
import io.livesale.order.Problem;
import io.livesale.order.payment.PayableOrders.Payable;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** {@code POST /orders/{id}/payment}: opens the payment of a reserved order. */
@Path("/orders/{orderId}/payment")
@Tag(name = "Payments")
class PaymentResource {
    private final PayableOrders orders;
    private final PaymentProvider provider;
    private final JsonWebToken token;

    PaymentResource(PayableOrders orders, PaymentProvider provider, JsonWebToken token) {
        this.orders = orders;
        this.provider = provider;
        this.token = token;
    }

    /** @param returnUrl where the provider sends the buyer afterwards; http or https */
    record PaymentRequest(@Nullable URI returnUrl) {
        void check() {
            if (returnUrl != null && !("https".equals(returnUrl.getScheme()) || "http".equals(returnUrl.getScheme()))) {
                throw new InvalidField("returnUrl", "must be an http or https address");
            }
        }
    }

    /** @param redirectUrl where the buyer pays */
    record PaymentOpened(UUID paymentId, URI redirectUrl) {}

    @POST
    @Paced
    @RolesAllowed("buyer")
    @Consumes(MediaType.APPLICATION_JSON) // Said, it is also taken for the type of a request without a body.
    @ResponseStatus(201)
    @Operation(summary = "Pay an order", description = "Asking again opens the same payment.")
    @APIResponse(responseCode = "201", description = "Where to pay")
    @APIResponse(responseCode = "404", description = "NOT_FOUND: the caller has no such order")
    @APIResponse(responseCode = "409", description = "ORDER_NOT_PAYABLE: the order is not RESERVED")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    @APIResponse(responseCode = "503", description = "PAYMENT_PROVIDER_UNAVAILABLE, or the database does not answer")
    public Uni<PaymentOpened> open(@PathParam("orderId") UUID orderId, @Valid @Nullable PaymentRequest body) {
        PaymentRequest request = Optional.ofNullable(body).orElseGet(() -> new PaymentRequest(null));
        request.check();
        return orders.findOwned(orderId, token.getSubject())
                .map(found -> found.orElseThrow(() -> Problem.NOT_FOUND.because("You have no such order.")))
                .chain(order -> open(order, request));
    }

    private Uni<PaymentOpened> open(Payable order, PaymentRequest request) {
        Money total = order.total();
        if (total == null || order.status() != Order.Status.RESERVED) {
            throw Problem.ORDER_NOT_PAYABLE.because("The order is " + order.status() + ".");
        }
        return provider.open(order.paymentId(), order.orderId(), total, request.returnUrl())
                .map(redirectUrl -> new PaymentOpened(order.paymentId(), redirectUrl));
    }
}
