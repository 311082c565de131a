package io.livesale.payout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** All that is logged from now on until this is closed, as it is written. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Formatter form = new PatternFormatter("%s%e");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines() {}

    public static LogLines capture() {
        LogLines lines = new LogLines();
        lines.root.addHandler(lines);
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(form.format(line));
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
