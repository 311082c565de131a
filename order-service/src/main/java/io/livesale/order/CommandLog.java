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
    default Uni<LogPosition> append(OrderCommand command) {
        return append(command, () -> {});
    }

    /**
     * The same.
     *
     * @param underWay is run when the command is on its way, on the thread of whoever subscribes; not when it is refused
     */
    Uni<LogPosition> append(OrderCommand command, Runnable underWay);
}
