package io.livesale.stack;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Runs a server as a process of its own until the process is told to end. Its standard output carries one line,
 * {@code ready}, for whoever started it; all logging goes to standard error.
 */
final class StandAlone {
    private StandAlone() {}

    /** @param start returns once the server can be used; a failure ends the process with code 1 */
    static void run(Supplier<? extends AutoCloseable> start) throws InterruptedException {
        PrintStream starter = System.out;
        System.setOut(System.err);
        PlainLogging.toStandardError();
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

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
