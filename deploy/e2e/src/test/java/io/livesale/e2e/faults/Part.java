package io.livesale.e2e.faults;

import io.livesale.local.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of the system. One that ends without having been asked to is started again, as Kubernetes would. */
final class Part {
    private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<Child> start;
    private final Readiness readiness;
    /** Processes that do its work without being its children. */
    private final Supplier<Stream<ProcessHandle>> servers;

    private final AtomicInteger ends = new AtomicInteger();
    private @Nullable Child child;
    private volatile boolean wanted;
    private volatile boolean ready;
    private volatile int lastExit;

    /** Waits until a process can be used; false when it ended before. */
    interface Readiness {
        boolean await(Child child) throws InterruptedException;
    }

    Part(String name, Supplier<Child> start, Readiness readiness, Supplier<Stream<ProcessHandle>> servers) {
        this.name = name;
        this.start = start;
        this.readiness = readiness;
        this.servers = servers;
    }

    String name() {
        return name;
    }

    /** Starts it and returns when it is ready. */
    void start() {
        wanted = true;
        launch();
        if (!awaitReady()) {
            throw new IllegalStateException(name + " did not become ready");
        }
    }

    private synchronized void launch() {
        if (!wanted) {
            return;
        }
        Child started = start.get();
        child = started;
        started.process().onExit().thenAccept(ended -> bringBack(started));
    }

    private boolean awaitReady() {
        Child started = current();
        try {
            ready = readiness.await(started);
            return ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void bringBack(Child ended) {
        if (ended != current()) {
            return;
        }
        ready = false;
        lastExit = ended.process().exitValue();
        ends.incrementAndGet();
        if (wanted) {
            CompletableFuture.delayedExecutor(BEFORE_RESTART.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
        }
    }

    private void startAgain() {
        launch();
        if (wanted) {
            awaitReady();
        }
    }

    private synchronized Child current() {
        if (child == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return child;
    }

    /** Whether it can be used, as far as was seen. */
    boolean isReady() {
        return ready && current().process().isAlive();
    }

    /** How often it has ended, whatever the reason. */
    int ends() {
        return ends.get();
    }

    /** What it ended with last. */
    int lastExit() {
        return lastExit;
    }

    long pid() {
        return current().process().pid();
    }

    /** As a crash would: no time for anything. */
    void kill() {
        signal("KILL");
    }

    /** As an orderly end is asked for. */
    void terminate() {
        current().process().destroy();
    }

    /** It does nothing more, and nobody is told. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    /** Whether the kernel says that all of it stands still. */
    boolean isFrozen() {
        return processes().map(Proc::state).allMatch(state -> state == 'T');
    }

    private Stream<ProcessHandle> processes() {
        ProcessHandle own = current().process().toHandle();
        return Stream.of(Stream.of(own), own.descendants(), servers.get())
                .flatMap(some -> some)
                .filter(ProcessHandle::isAlive);
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes().map(process -> Long.toString(process.pid())).forEach(command::add);
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it in order and leaves it ended. */
    void stop() {
        wanted = false;
        ready = false;
        Child stopped = child;
        if (stopped != null) {
            stopped.stop();
        }
    }

    /** Reads what the kernel knows of processes. */
    private static final class Proc {
        /** The letter after the name, which stands in parentheses and may hold anything. */
        private static char state(ProcessHandle process) {
            try {
                String stat = java.nio.file.Files.readString(
                        java.nio.file.Path.of("/proc", Long.toString(process.pid()), "stat"));
                return stat.charAt(stat.lastIndexOf(')') + 2);
            } catch (IOException e) {
                return 'X';
            }
        }
    }

    /** A part that is ready once a function says so. */
    static Readiness when(Function<Child, Boolean> check) {
        return check::apply;
    }
}
