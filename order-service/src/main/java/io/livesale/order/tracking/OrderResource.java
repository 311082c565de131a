package io.livesale.order.tracking;

import io.livesale.order.OrderView;
import io.livesale.order.Problem;
import io.livesale.order.Receipt;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /orders/{id}} and its updates: an order, for its buyer, its seller and operators. */
@Path("/orders/{orderId}")
@Tag(name = "Orders")
class OrderResource {
    private static final String AS_IN_LOCATION = "As given in the Location header";

    private final OrderLookup lookup;
    private final Backlog backlog;
    private final OrderStreams streams;
    private final JsonWebToken token;

    OrderResource(OrderLookup lookup, Backlog backlog, OrderStreams streams, JsonWebToken token) {
        this.lookup = lookup;
        this.backlog = backlog;
        this.streams = streams;
        this.token = token;
    }

    @GET
    @RolesAllowed({"buyer", "seller", "operator"})
    @Operation(
            summary = "Look at an order",
            description = "While the order is still in the log, only the receipt from the Location of its acceptance"
                    + " finds it: status RECEIVED, with the number of commands ahead of it.")
    public Uni<OrderView> get(
            @PathParam("orderId") UUID orderId,
            @QueryParam("receipt") @Nullable @Parameter(description = AS_IN_LOCATION) String receipt) {
        return require(orderId, receipt, lookup::findOwnOrSold).map(Sighting::order);
    }

    @GET
    @Path("/updates")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({"buyer", "operator"})
    @Operation(
            summary = "Follow an order",
            description = "Server-sent events named `order`, each the whole order: at once, and whenever it changes;"
                    + " while it is in the log (with its receipt), whenever its place in line does. Ends once the order"
                    + " is final, after a while, or as the oldest of too many of one user's: come back then, the state"
                    + " comes first again.")
    @APIResponse(
            responseCode = "200",
            description = "A stream of events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "204",
            description =
                    "The order is final, and `Last-Event-ID` says that its last state was seen: come back no more")
    @APIResponse(responseCode = "404", description = "NOT_FOUND")
    @APIResponse(responseCode = "503", description = "UNAVAILABLE: too many streams; ask for the order instead")
    public Uni<Void> updates(
            @PathParam("orderId") UUID orderId,
            @QueryParam("receipt") @Nullable @Parameter(description = AS_IN_LOCATION) String receipt,
            @Context HttpServerRequest request) {
        return streams.follow(token.getSubject(), require(orderId, receipt, lookup::findOwn), request);
    }

    private Uni<Sighting> require(
            UUID orderId, @Nullable String receipt, BiFunction<UUID, String, Uni<Optional<OrderView>>> ofUser) {
        return inLog(orderId, receipt)
                .map(waiting -> Uni.createFrom().item(waiting))
                .orElseGet(() -> find(orderId, ofUser)
                        .map(found -> found.map(Sighting::decided)
                                .orElseThrow(() -> Problem.NOT_FOUND.because("You have no such order."))));
    }

    private Uni<Optional<OrderView>> find(UUID orderId, BiFunction<UUID, String, Uni<Optional<OrderView>>> ofUser) {
        return token.getGroups().contains("operator")
                ? lookup.find(orderId)
                : ofUser.apply(orderId, token.getSubject());
    }

    /** Told from memory: a crowd in line that asks again and again is no load on the database. */
    private Optional<Sighting> inLog(UUID orderId, @Nullable String receipt) {
        return Optional.ofNullable(receipt)
                .flatMap(Receipt::decode)
                .filter(mine -> mine.isFor(orderId, token.getSubject()))
                .filter(mine -> backlog.isWaiting(mine.position()))
                .map(mine -> Sighting.inLog(OrderView.received(orderId, mine, backlog.ahead(mine.position())), mine));
    }
}
