package io.livesale.stack;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logging of the processes here that are no Quarkus application. */
public final class PlainLogging {
    /** Kafka tells hundreds of lines at INFO with every start. */
    private static final List<String> TALKATIVE = List.of("org.apache.kafka", "kafka", "state.change.logger");

    private PlainLogging() {}

    /**
     * Sends all logging to standard error. To be called before anything logs: the test framework on the class path
     * would hold it back until a Quarkus application starts.
     */
    public static void toStandardError() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n");
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new ConsoleHandler());
        TALKATIVE.forEach(name -> Logger.getLogger(name).setLevel(Level.WARNING));
    }
}
