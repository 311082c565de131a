package io.livesale.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The load generator: one thread, many connections, requests as bytes laid out beforehand, because it shares the cores
 * with what it measures. A request's time runs from its intended start, so whoever had to wait for a free connection, or
 * for this thread, is counted with that wait (no coordinated omission).
 */
final class Load implements AutoCloseable {
    static final int ACCEPTED = 202;
    /** What was not sent, because no connection was free in time. */
    static final String NOT_SENT = "not sent for want of a free connection";

    /** Answers that take longer after the last start are missing ones. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final long TICK_MILLIS = 1;
    private static final long LONGEST_MICROS = Duration.ofMinutes(10).toNanos() / 1000;
    private static final int DIGITS = 3;
    private static final int SHOWN = 300;

    private final int port;
    private final Selector selector;
    private final Set<Connection> all = new HashSet<>();
    private final Deque<Connection> idle = new ArrayDeque<>();

    Load(int port, int connections) {
        this.port = port;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                connect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends requests at this pace; returns when all are answered or missing. */
    Answers run(Pace pace, Requests requests) {
        try {
            return new Run(pace, requests).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException {
        Connection connection = Connection.open(port, selector);
        all.add(connection);
        idle.add(connection);
    }

    private void reconnect(Connection lost) throws IOException {
        lost.close();
        all.remove(lost);
        idle.remove(lost);
        connect();
    }

    @Override
    public void close() {
        try {
            for (Connection connection : all) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state of one load. */
    private final class Run {
        private final Pace pace;
        private final Requests requests;
        private final Histogram times = new Histogram(LONGEST_MICROS, DIGITS);
        private final Histogram refusals = new Histogram(LONGEST_MICROS, DIGITS);
        private final Map<String, Long> errors = new TreeMap<>();
        /** By status, the first such answer: the others differ in ids only. */
        private final Map<Integer, String> samples = new HashMap<>();

        private final long begin = System.nanoTime();
        private final long giveUp;
        private long started;
        private long inTime;
        private long ended;

        Run(Pace pace, Requests requests) {
            this.pace = pace;
            this.requests = requests;
            this.giveUp = pace.length().plus(PATIENCE).toNanos();
        }

        Answers run() throws IOException {
            while (ended == 0 || idle.size() < all.size()) {
                start();
                selector.select(this::advance, TICK_MILLIS);
                if (elapsed() > giveUp) {
                    abandon();
                }
            }
            return new Answers(ended / 1e9, inTime, times.getTotalCount(), times, refusals, errors);
        }

        private void start() throws IOException {
            long next = 0;
            while (mayStart(next = pace.schedule().next(elapsed(), started))) {
                started++;
                if (idle.isEmpty()) {
                    error(NOT_SENT);
                } else {
                    idle.remove().send(requests, next);
                }
            }
            if (next == Pace.END && ended == 0) {
                end();
            }
        }

        /** It is due, and there is a connection, or no point in waiting for one. */
        private boolean mayStart(long next) {
            long waited = elapsed() - next;
            return waited >= 0 && (!idle.isEmpty() || waited > pace.patience().toNanos());
        }

        /** Nothing more is started. */
        private void end() {
            ended = elapsed();
            inTime = times.getTotalCount();
        }

        private void advance(SelectionKey key) {
            Connection connection = (Connection) key.attachment();
            try {
                if (connection.advance()) {
                    count(connection);
                    connection.reset();
                    idle.add(connection);
                }
            } catch (IOException e) {
                error("connection lost: " + e.getMessage());
                replace(connection);
            }
        }

        private void count(Connection connection) {
            long micros = Math.min(LONGEST_MICROS, (elapsed() - connection.intended()) / 1000);
            if (connection.status() == ACCEPTED) {
                times.recordValue(micros);
            } else {
                if (connection.isToComeBack()) {
                    refusals.recordValue(micros);
                }
                error(samples.computeIfAbsent(connection.status(), status -> shortened(connection.answer())));
            }
        }

        private void error(String what) {
            errors.merge(what, 1L, Long::sum);
        }

        private static String shortened(String answer) {
            String line = answer.replaceAll("\\s+", " ");
            return line.substring(0, Math.min(SHOWN, line.length()));
        }

        /** What is not answered by now, or not even started, is an error each. */
        private void abandon() throws IOException {
            Set<Connection> missing = new HashSet<>(all);
            missing.removeAll(idle);
            for (Connection connection : missing) {
                error("no answer within " + PATIENCE.toSeconds() + " s");
                reconnect(connection);
            }
            while (pace.schedule().next(elapsed(), started) < Pace.LATER) {
                started++;
                error("no free connection within " + PATIENCE.toSeconds() + " s");
            }
            if (ended == 0) {
                end();
            }
        }

        private void replace(Connection connection) {
            try {
                reconnect(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private long elapsed() {
            return System.nanoTime() - begin;
        }
    }
}
