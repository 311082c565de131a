package io.livesale.order;

import io.smallrye.mutiny.Uni;

/** The log that everything goes through which changes an order. */
public interface CommandLog {
    /** The consumer group that decides the log. */
    String DECIDERS = "order-service.decide";

    /**
     * Appends a command; completes once the log holds it durably. Fails with {@link Problem#INTAKE_UNAVAILABLE} when
     * that is not known: it may or may not be in the log, and appending it again does no harm.
     */
    Uni<LogPosition> append(OrderCommand command);
}
