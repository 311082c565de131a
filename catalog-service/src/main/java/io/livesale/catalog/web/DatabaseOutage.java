package io.livesale.catalog.web;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or too busy from a fault of ours. */
final class DatabaseOutage {
    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");
    /** The server ended a wait for a lock, or a transaction left idle. */
    private static final Set<String> CUT_SHORT = Set.of("55P03", "25P03");

    private DatabaseOutage() {}

    static boolean caused(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(DatabaseOutage::isAway);
    }

    private static boolean isAway(Throwable cause) {
        if (cause instanceof PgException refusal) {
            return isTransient(refusal.getSqlState());
        }
        if (cause instanceof SQLException refusal) { // Hibernate Reactive makes it of a PgException, which it drops.
            return isTransient(refusal.getSQLState());
        }
        return cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof TimeoutException
                || cause instanceof ClosedConnectionException
                || cause instanceof ClosedChannelException
                || isPoolTimeout(cause.getMessage());
    }

    private static boolean isTransient(String state) {
        return state != null && (AWAY.contains(state.substring(0, 2)) || CUT_SHORT.contains(state));
    }

    /** The pool's time-outs have no type of their own. */
    private static boolean isPoolTimeout(@Nullable String message) {
        return message != null && message.startsWith("Timeout");
    }
}
