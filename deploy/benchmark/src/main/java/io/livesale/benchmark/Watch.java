package io.livesale.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Follows from outside how long the command log is and how far it is decided. */
final class Watch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(50);
    /** Far more than the largest backlog made here takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Database database;
    private final Broker.End log;
    private final long begin = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread;
    private volatile Sample latest;
    private volatile boolean stopping;

    /**
     * The log at one moment.
     *
     * @param seconds since the watch began
     * @param appended commands ever
     * @param decided commands ever
     */
    record Sample(double seconds, long appended, long decided) {
        long backlog() {
            return appended - decided;
        }
    }

    Watch(SystemUnderTest system) {
        this.database = new Database(system.database().port());
        this.log = system.broker().commands();
        this.latest = look();
        this.thread = new Thread(this::run, "watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopping) {
            latest = look();
            Lab.pause(EVERY);
        }
    }

    /** Not on two threads at a time: the clients would mind. */
    private synchronized Sample look() {
        // Decided first: a backlog is never told too small.
        long decided = database.decided();
        Sample sample = new Sample(seconds(), log.offset(), decided);
        synchronized (samples) {
            samples.add(sample);
        }
        return sample;
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    Sample latest() {
        return latest;
    }

    Sample first() {
        synchronized (samples) {
            return samples.get(0);
        }
    }

    /** Commands decided since the watch began. */
    long decided() {
        return latest.decided() - first().decided();
    }

    List<Sample> between(double from, double to) {
        synchronized (samples) {
            return samples.stream()
                    .filter(sample -> sample.seconds() >= from && sample.seconds() <= to)
                    .toList();
        }
    }

    /** Waits until all that is in the log now is decided; returns the moment it was. */
    Sample awaitDecided() {
        long end = look().appended();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (latest.decided() < end) {
            if (System.nanoTime() > deadline) {
                throw new CannotRun("the backlog is not decided within " + PATIENCE.toMinutes() + " minutes");
            }
            Lab.pause(EVERY);
        }
        return firstDecided(end);
    }

    private Sample firstDecided(long end) {
        synchronized (samples) {
            return samples.stream()
                    .filter(sample -> sample.decided() >= end)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        database.close();
    }
}
