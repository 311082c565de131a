package io.livesale.order.web;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Tells a database that is away from a fault of ours. */
final class DatabaseOutage {
    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private DatabaseOutage() {}

    static boolean caused(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(DatabaseOutage::isAway);
    }

    private static boolean isAway(Throwable cause) {
        if (cause instanceof PgException refusal) {
            String state = refusal.getSqlState();
            return state != null && AWAY.contains(state.substring(0, 2));
        }
        return cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof TimeoutException
                || cause instanceof ClosedConnectionException
                || "Timeout".equals(cause.getMessage());
    }
}
