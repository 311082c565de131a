package io.livesale.order.tracking;

import io.livesale.order.OrderView;
import io.livesale.order.Problem;
import io.livesale.order.Receipt;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /orders/{id}}: an order, for its buyer, its seller and operators. */
@Path("/orders/{orderId}")
@Tag(name = "Orders")
class OrderResource {
    private final OrderLookup lookup;
    private final JsonWebToken token;

    OrderResource(OrderLookup lookup, JsonWebToken token) {
        this.lookup = lookup;
        this.token = token;
    }

    @GET
    @RolesAllowed({"buyer", "seller", "operator"})
    @Operation(
            summary = "Follow an order",
            description = "While the order is still in the log, only the receipt from the Location of its acceptance"
                    + " finds it: status RECEIVED, with the number of commands ahead of it.")
    public Uni<OrderView> get(
            @PathParam("orderId") UUID orderId,
            @QueryParam("receipt") @Nullable @Parameter(description = "As given in the Location header")
                    String receipt) {
        return find(orderId)
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : inLog(orderId, receipt))
                .map(found -> found.orElseThrow(() -> Problem.NOT_FOUND.because("You have no such order.")));
    }

    private Uni<Optional<OrderView>> find(UUID orderId) {
        return token.getGroups().contains("operator")
                ? lookup.find(orderId)
                : lookup.findOwned(orderId, token.getSubject());
    }

    private Uni<Optional<OrderView>> inLog(UUID orderId, @Nullable String receipt) {
        return Optional.ofNullable(receipt)
                .flatMap(Receipt::decode)
                .filter(mine -> mine.isFor(orderId, token.getSubject()))
                .map(mine -> waiting(orderId, mine))
                .orElse(Uni.createFrom().item(Optional.empty()));
    }

    /** An order that left the log since we looked is looked up once more. */
    private Uni<Optional<OrderView>> waiting(UUID orderId, Receipt receipt) {
        return lookup.nextOffset(receipt.position().partition())
                .chain(next -> decided(receipt, next)
                        ? find(orderId)
                        : Uni.createFrom()
                                .item(Optional.of(OrderView.received(orderId, receipt, ahead(receipt, next)))));
    }

    private static boolean decided(Receipt receipt, OptionalLong next) {
        return next.isPresent() && receipt.position().offset() < next.getAsLong();
    }

    private static long ahead(Receipt receipt, OptionalLong next) {
        return receipt.position().offset() - next.orElse(0);
    }
}
