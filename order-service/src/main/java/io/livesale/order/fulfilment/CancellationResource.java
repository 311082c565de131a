package io.livesale.order.fulfilment;

import io.livesale.order.Paced;
import io.livesale.order.fulfilment.ChangeRequests.Accepted;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** {@code POST /orders/{id}/cancellation}. */
@Path("/orders/{orderId}/cancellation")
@Tag(name = "Fulfilment")
class CancellationResource {
    private final ChangeRequests requests;
    private final JsonWebToken token;

    CancellationResource(ChangeRequests requests, JsonWebToken token) {
        this.requests = requests;
        this.token = token;
    }

    @POST
    @Paced
    @RolesAllowed("buyer")
    @ResponseStatus(202)
    @Operation(
            summary = "Cancel an order",
            description = "Before payment, or before shipping: then what was paid is given back. A cancellation that"
                    + " crosses the shipment may be accepted and have no effect; follow the order. A repeat is 202.")
    @APIResponse(responseCode = "202", description = "Recorded, or cancelled before")
    @APIResponse(responseCode = "404", description = "NOT_FOUND, also while the order is in line")
    @APIResponse(responseCode = "409", description = "ORDER_NOT_CANCELLABLE")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    public Uni<Accepted> cancel(@PathParam("orderId") UUID orderId) {
        return requests.byBuyer(token, orderId, StandingOrder::cancel);
    }
}
