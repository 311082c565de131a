package io.livesale.order.fulfilment;

import io.livesale.order.Order.Shipment;
import io.livesale.order.Paced;
import io.livesale.order.Printable;
import io.livesale.order.SellerPaced;
import io.livesale.order.fulfilment.ChangeRequests.Accepted;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The goods' way to the buyer: {@code POST /orders/{id}/shipment}, {@code /delivery}, {@code /receipt-confirmation}. */
@Path("/orders/{orderId}")
@Tag(name = "Fulfilment")
class DeliveryResource {
    private final ChangeRequests requests;
    private final JsonWebToken token;

    DeliveryResource(ChangeRequests requests, JsonWebToken token) {
        this.requests = requests;
        this.token = token;
    }

    /** With whom the goods travel. */
    record ShipmentRequest(
            @NotBlank @Size(max = 100) @Printable @Schema(examples = "SF Express")
            String carrier,

            @NotBlank @Size(max = 100) @Printable @Schema(examples = "SF1234567890")
            String trackingNumber) {
        Shipment toShipment() {
            return new Shipment(carrier, trackingNumber);
        }
    }

    @POST
    @SellerPaced
    @Path("shipment")
    @RolesAllowed("seller")
    @ResponseStatus(202)
    @Operation(
            summary = "Tell that the goods are on their way",
            description = "Once the order is paid. The same shipment again is 202 and changes nothing.")
    @APIResponse(responseCode = "202", description = "Recorded, or shipped so before")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(responseCode = "409", description = "ORDER_NOT_SHIPPABLE: not paid, or shipped otherwise")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    public Uni<Accepted> ship(@PathParam("orderId") UUID orderId, @Valid @NotNull ShipmentRequest body) {
        Shipment shipment = body.toShipment();
        return requests.bySeller(token, orderId, (order, at) -> order.ship(shipment, at));
    }

    @POST
    @SellerPaced
    @Path("delivery")
    @RolesAllowed({"seller", "operator"})
    @ResponseStatus(202)
    @Operation(
            summary = "Tell that the goods have arrived",
            description = "The after-sales window begins; at its end the order is completed. A repeat is 202.")
    @APIResponse(responseCode = "202", description = "Recorded, or delivered before")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(responseCode = "409", description = "ORDER_NOT_DELIVERABLE")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    public Uni<Accepted> deliver(@PathParam("orderId") UUID orderId) {
        return requests.bySellerOrOperator(token, orderId, StandingOrder::deliver);
    }

    @POST
    @Paced
    @Path("receipt-confirmation")
    @RolesAllowed("buyer")
    @ResponseStatus(202)
    @Operation(
            summary = "Confirm the receipt",
            description = "Of goods that were shipped or delivered; completes the order at once. A repeat is 202.")
    @APIResponse(responseCode = "202", description = "Recorded, or completed before")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(responseCode = "409", description = "ORDER_NOT_CONFIRMABLE")
    @APIResponse(responseCode = "429", description = "TOO_MANY_ORDERS: wait as Retry-After says")
    public Uni<Accepted> confirmReceipt(@PathParam("orderId") UUID orderId) {
        return requests.byBuyer(token, orderId, StandingOrder::confirmReceipt);
    }
}
