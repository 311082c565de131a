package io.livesale.benchmark;

import java.io.PrintStream;
import java.time.Duration;

/** Tells the person who waits what is being done, a line at a time. */
final class Progress {
    private final PrintStream out;
    private final long begin = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        Duration since = since();
        out.printf("[%2d:%02d] %s%n", since.toMinutes(), since.toSecondsPart(), format.formatted(values));
    }

    Duration since() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
