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
        long begin = System.nanoTime();
        for (int count = 0; !stopping; count++) {
            long intended = begin + count * EVERY.toNanos();
            Lab.pause(Duration.ofNanos(Math.max(0, intended - System.nanoTime())));
            times.recordValue(read(paths[count % paths.length], intended));
        }
    }

    /** Microseconds from when it was to begin; one that fails counts as the longest. */
    private long read(String path, long intended) {
        try {
            service.read(path, token);
            return Math.min(LONGEST_MICROS, (System.nanoTime() - intended) / 1000);
        } catch (CannotRun e) {
            return LONGEST_MICROS;
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
