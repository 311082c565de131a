package io.livesale.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows steps that run side by side: a line with the seconds for each that is done, and on a terminal those under way. */
final class Progress implements AutoCloseable {
    private static final long REFRESH_MILLIS = 200;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Long> underWay = new LinkedHashMap<>();
    private final ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    });

    /** @param terminal whether a line may be written over */
    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
            refresh.scheduleAtFixedRate(this::showUnderWay, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Runs one step; what it throws passes through. */
    <T> T step(String name, Callable<T> work) {
        long start = System.nanoTime();
        begin(name, start);
        try {
            T result = work.call();
            end(name, "  %-16s %5.1f s%n".formatted(name, seconds(start)));
            return result;
        } catch (RuntimeException e) {
            end(name, "");
            throw e;
        } catch (Exception e) {
            end(name, "");
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        refresh.shutdownNow();
    }

    static double seconds(long sinceNanos) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis() / 1000.0;
    }

    private synchronized void begin(String name, long start) {
        underWay.put(name, start);
    }

    private synchronized void end(String name, String line) {
        underWay.remove(name);
        out.print((terminal ? CLEAR_LINE : "") + line);
        out.flush();
    }

    private synchronized void showUnderWay() {
        if (underWay.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(CLEAR_LINE + "  starting");
        underWay.forEach((name, start) -> line.append(" %s … %.1f s ".formatted(name, seconds(start))));
        out.print(line);
        out.flush();
    }
}
