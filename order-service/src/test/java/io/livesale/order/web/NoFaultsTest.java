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
        assertFalse(isTold(new ClosedChannelException()));
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
        LogRecord message = new LogRecord(Level.SEVERE, "something happened");
        message.setThrown(thrown);
        return new NoFaults().isLoggable(message);
    }
}
