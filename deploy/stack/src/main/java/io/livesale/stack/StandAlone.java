package io.livesale.stack;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a server as a process of its own until the process is told to end. Its standard output carries one line,
 * {@code ready}, for whoever started it; all logging goes to standard error.
 */
final class StandAlone {
    /** Kafka tells hundreds of lines at INFO with every start. */
    private static final List<String> TALKATIVE = List.of("org.apache.kafka", "kafka", "state.change.logger");

    private StandAlone() {}

    /** @param start returns once the server can be used; a failure ends the process with code 1 */
    static void run(Supplier<? extends AutoCloseable> start) throws InterruptedException {
        PrintStream starter = System.out;
        System.setOut(System.err);
        logToStandardError();
        try {
            AutoCloseable server = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stand-alone-shutdown"));
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        starter.println("ready");
        new CountDownLatch(1).await();
    }

    /** The test framework on the class path would hold all logging back until a Quarkus application starts. */
    private static void logToStandardError() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n");
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new ConsoleHandler());
        TALKATIVE.forEach(name -> Logger.getLogger(name).setLevel(Level.WARNING));
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
