package io.livesale.order;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Tells what became of orders as it becomes known, and how far the deciding has come. */
public interface Outcomes {
    /**
     * Completes with the order once it is decided, or empty when the time is over. Listens from the moment of
     * subscription: subscribe before the order is placed.
     */
    Uni<Optional<OrderView>> await(UUID orderId, Duration atMost);

    /**
     * Says where in the log an awaited order stands. The outcome of a repeat was told before anybody listened; so when
     * the log is decided up to there and nothing was heard, it is looked up.
     */
    void recorded(UUID orderId, LogPosition position);

    /**
     * The order of somebody who is about to be turned away, for it may be the repeat of one that holds units. Reservations
     * heard of lately are always found, older ones unless too many ask at once.
     */
    Uni<Optional<OrderView>> findTurnedAway(UUID orderId);

    /** The order if it is decided already and the database answers. */
    Uni<Optional<OrderView>> find(UUID orderId);

    /** How many commands stand before this position in the log, as far as this replica knows; at least 0. */
    long ahead(LogPosition position);

    /** How many commands wait in the part of the log that holds this offer, as far as this replica knows. */
    long queueDepth(UUID offerId);
}
