package io.livesale.order.web;

import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps out of the log what the platform takes for errors and nobody needs to look at. */
final class NoFaults implements Filter {
    private static final String OURS = "io.livesale.";
    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    @Override
    public boolean isLoggable(LogRecord message) {
        return Optional.ofNullable(message.getThrown())
                .filter(thrown -> isHungUp(thrown, message.getLoggerName()) || isLateTimeOut(thrown))
                .isEmpty();
    }

    /** A client went away while it was answered. What is closed to our own code is a fault: a broker's channel, or a file. */
    private static boolean isHungUp(Throwable thrown, @Nullable String logger) {
        return thrown instanceof ClosedChannelException
                && !String.valueOf(logger).startsWith(OURS);
    }

    /** The pool lets the clock of a wait for a connection run on when the wait has failed: eclipse-vertx/vertx-sql-client#1706. */
    private static boolean isLateTimeOut(Throwable thrown) {
        return thrown instanceof IllegalStateException
                && "Result is already complete".equals(thrown.getMessage())
                && Stream.of(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(POOL));
    }
}
