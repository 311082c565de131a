package io.livesale.order.tracking;

import io.livesale.order.InvalidField;
import io.livesale.order.Order;
import io.livesale.order.OrderView;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /orders}: a buyer's own orders, or those of an offer, for its seller and operators. */
@Path("/orders")
@Tag(name = "Orders")
class OrderListResource {
    private final OrderLookup lookup;
    private final JsonWebToken token;

    OrderListResource(OrderLookup lookup, JsonWebToken token) {
        this.lookup = lookup;
        this.token = token;
    }

    @GET
    @RolesAllowed({"buyer", "seller", "operator"})
    @Operation(
            summary = "List orders",
            description = "Decided orders, newest first: a buyer's own, or with `offerId` those of an offer, for its"
                    + " seller and operators. An offer's list leaves out rejected orders; it is empty for an offer that"
                    + " is not the seller's.")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "400", description = "INVALID_REQUEST")
    public Uni<Page> list(
            @QueryParam("offerId") @Nullable @Parameter(schema = @Schema(implementation = UUID.class)) String offerId,
            @QueryParam("status") @Nullable @Parameter(schema = @Schema(implementation = Order.Status.class))
                    String status,
            @QueryParam("limit")
                    @Nullable @Parameter(
                            description = "1 to 200",
                            schema = @Schema(implementation = Integer.class, defaultValue = "50"))
                    String limit,
            @QueryParam("cursor") @Nullable @Parameter(description = "nextCursor of the page before") String cursor) {
        PageRequest page = PageRequest.parse(status, limit, cursor);
        Uni<List<OrderView>> found =
                PageRequest.offerId(offerId).map(offer -> ofOffer(offer, page)).orElseGet(() -> own(page));
        return found.map(orders -> Page.of(page, orders));
    }

    private Uni<List<OrderView>> own(PageRequest page) {
        if (!hasRole("buyer")) {
            throw new InvalidField("offerId", "must say of which offer the orders are asked for");
        }
        return lookup.ofBuyer(token.getSubject(), page);
    }

    private Uni<List<OrderView>> ofOffer(UUID offerId, PageRequest page) {
        if (hasRole("operator")) {
            return lookup.ofOffer(offerId, Optional.empty(), page);
        }
        if (!hasRole("seller")) {
            throw new ForbiddenException();
        }
        return lookup.ofOffer(offerId, Optional.of(token.getSubject()), page);
    }

    private boolean hasRole(String role) {
        return token.getGroups().contains(role);
    }
}
