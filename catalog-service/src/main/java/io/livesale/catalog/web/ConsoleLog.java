package io.livesale.catalog.web;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** What each line goes through on its way to the console. */
@LoggingFilter(name = "console-log")
public final class ConsoleLog implements Filter {
    private final Filter noFaults = new NoFaults();

    @Override
    public boolean isLoggable(LogRecord message) {
        if (noFaults.isLoggable(message)) {
            MessageFields.note(message);
            return true;
        }
        return false;
    }
}
