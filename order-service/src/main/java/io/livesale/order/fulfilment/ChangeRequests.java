package io.livesale.order.fulfilment;

import io.livesale.order.CommandLog;
import io.livesale.order.Order;
import io.livesale.order.OrderCommand.OrderChange;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Takes requests to change an order: asks the database first, for a friendly early answer, then appends the command.
 * Of two requests that cross, the log decides which came first; the other was accepted and has no effect.
 */
@Singleton
class ChangeRequests {
    private static final Logger LOG = Logger.getLogger(ChangeRequests.class);

    private final StandingOrders orders;
    private final CommandLog log;
    private final Clock clock;
    private final MeterRegistry metrics;

    ChangeRequests(StandingOrders orders, CommandLog log, Clock clock, MeterRegistry metrics) {
        this.orders = orders;
        this.log = log;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What somebody asks of an order, as {@link StandingOrder} tells it. */
    interface Request {
        Optional<OrderChange> of(StandingOrder order, Instant at);
    }

    /**
     * The log holds the request, or did before.
     *
     * @param status as it stood when the request came; follow the order to see what comes of it
     */
    record Accepted(UUID orderId, Order.Status status) {}

    Uni<Accepted> byBuyer(JsonWebToken token, UUID orderId, Request request) {
        return orders.requireOfBuyer(orderId, token.getSubject()).chain(order -> accept(order, request));
    }

    Uni<Accepted> bySeller(JsonWebToken token, UUID orderId, Request request) {
        return orders.requireOfSeller(orderId, token.getSubject()).chain(order -> accept(order, request));
    }

    /** Operators act for any seller, and for gifts, which have none. */
    Uni<Accepted> bySellerOrOperator(JsonWebToken token, UUID orderId, Request request) {
        return token.getGroups().contains("operator")
                ? orders.require(orderId).chain(order -> accept(order, request))
                : bySeller(token, orderId, request);
    }

    private Uni<Accepted> accept(StandingOrder order, Request request) {
        Accepted accepted = new Accepted(order.orderId(), order.status());
        return request.of(order, clock.instant())
                .map(command -> log.append(command).invoke(() -> note(command)).replaceWith(accepted))
                .orElse(Uni.createFrom().item(accepted));
    }

    private void note(OrderChange command) {
        String name = command.getClass().getSimpleName();
        LOG.infof("request accepted command=%s orderId=%s", name, command.orderId());
        metrics.counter("order.requests.accepted", "command", name).increment();
    }
}
