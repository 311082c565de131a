package io.livesale.benchmark;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** Somebody who reads while others order: an offer's availability from memory and an order from the database, in turns. */
final class Reads implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;

    private final Histogram times = new Histogram(LONGEST_MICROS, 3);
    private final ServiceProcess service;
    private final String[] paths;
    private final String token;
    private final Thread thread;
    private volatile boolean stopping;

    Reads(Lab lab, SystemUnderTest system, UUID offer) {
        this.service = system.orderService();
        this.paths = new String[] {
            "/availability/" + offer, "/orders/" + system.database().text("SELECT order_id FROM orders LIMIT 1")
        };
        this.token = lab.tokens().issue("staff", Set.of("operator"));
        this.thread = new Thread(this::run, "reads");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        for (int count = 0; !stopping; count++) {
            long begin = System.nanoTime();
            read(paths[count % paths.length]);
            times.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - begin) / 1000));
            Lab.pause(EVERY);
        }
    }

    /** One that fails counts as the longest. */
    private void read(String path) {
        try {
            service.read(path, token);
        } catch (CannotRun e) {
            times.recordValue(LONGEST_MICROS);
        }
    }

    /** Once it is closed. */
    Histogram times() {
        return times;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
