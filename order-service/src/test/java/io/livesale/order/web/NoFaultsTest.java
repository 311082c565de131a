package io.livesale.order.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoFaultsTest {
    @Test
    void nobodyNeedsToKnowOfAHangUp() {
        assertFalse(isTold("io.quarkus.vertx.http.runtime.QuarkusErrorHandler", new ClosedChannelException()));
    }

    @Test
    void whatOurOwnCodeFindsClosedIsTold() {
        assertTrue(isTold("io.livesale.order.processing.CommandProcessor", new ClosedChannelException()));
    }

    @Test
    void nobodyNeedsToKnowOfATimeOutOfWhatHasFailedBefore() {
        assertFalse(isTold(completedTwice("io.vertx.sqlclient.impl.pool.SqlConnectionPool")));
    }

    @Test
    void everythingElseIsTold() {
        assertTrue(isTold(completedTwice("io.livesale.order.intake.Intake")));
        assertTrue(isTold(new IllegalStateException("something else")));
        assertTrue(isTold(null));
    }

    private static Throwable completedTwice(String where) {
        Throwable thrown = new IllegalStateException("Result is already complete");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.vertx.core.Promise", "fail", "Promise.java", 90),
            new StackTraceElement(where, "run", "Source.java", 1)
        });
        return thrown;
    }

    private static boolean isTold(@Nullable Throwable thrown) {
        return isTold("io.vertx.core.impl.ContextImpl", thrown);
    }

    private static boolean isTold(String logger, @Nullable Throwable thrown) {
        LogRecord message = new LogRecord(Level.SEVERE, "something happened");
        message.setLoggerName(logger);
        message.setThrown(thrown);
        return new NoFaults().isLoggable(message);
    }
}
