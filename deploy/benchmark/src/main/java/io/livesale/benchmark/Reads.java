package io.livesale.benchmark;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Those who read while others order: an offer's availability from memory and an order from the database, in turns. None of
 * them waits for another.
 */
final class Reads implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Histogram times = new ConcurrentHistogram(micros(LONGEST.toNanos()), 3);
    private final ServiceProcess service;
    private final String[] paths;
    private final String token;
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final Thread clock;
    private volatile boolean stopping;

    Reads(Lab lab, SystemUnderTest system, UUID offer) {
        this.service = system.orderService();
        this.paths = new String[] {
            "/availability/" + offer, "/orders/" + system.database().text("SELECT order_id FROM orders LIMIT 1")
        };
        this.token = lab.tokens().issue("staff", Set.of("operator"));
        this.clock = new Thread(this::run, "reads");
        clock.setDaemon(true);
        clock.start();
    }

    private void run() {
        long begin = System.nanoTime();
        for (int count = 0; !stopping; count++) {
            long intended = begin + count * EVERY.toNanos();
            String path = paths[count % paths.length];
            Lab.pause(Duration.ofNanos(Math.max(0, intended - System.nanoTime())));
            readers.execute(() -> times.recordValue(read(path, intended)));
        }
    }

    /** Microseconds from when it was to begin; one that fails counts as the longest. */
    private long read(String path, long intended) {
        try {
            service.read(path, token);
            return micros(Math.min(LONGEST.toNanos(), System.nanoTime() - intended));
        } catch (CannotRun e) {
            return micros(LONGEST.toNanos());
        }
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    /** Once it is closed. */
    Histogram times() {
        return times;
    }

    /** Returns when the last of them has its answer. */
    @Override
    public void close() {
        stopping = true;
        try {
            clock.join();
            readers.shutdown();
            readers.awaitTermination(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
