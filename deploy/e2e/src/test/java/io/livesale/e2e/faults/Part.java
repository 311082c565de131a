package io.livesale.e2e.faults;

import io.livesale.local.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of the system. One that ends without having been asked to is started again, as Kubernetes would. */
final class Part {
    private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<Child> start;
    private final Readiness readiness;

    private final AtomicInteger ends = new AtomicInteger();
    private @Nullable Child child;
    private @Nullable LastWord thaw;
    private boolean wanted;
    private volatile boolean ready;
    private volatile int lastExit;

    /** Waits until a process can be used; false when it ended before. */
    interface Readiness {
        boolean await(Child child) throws InterruptedException;
    }

    Part(String name, Supplier<Child> start, Readiness readiness) {
        this.name = name;
        this.start = start;
        this.readiness = readiness;
    }

    String name() {
        return name;
    }

    /** Starts it and returns when it is ready. */
    void start() {
        want();
        launch();
        awaitReady();
        if (!ready) {
            throw new IllegalStateException(name + " did not become ready");
        }
    }

    private synchronized void want() {
        wanted = true;
    }

    private synchronized void launch() {
        if (!wanted) {
            return;
        }
        Child started = start.get();
        child = started;
        started.process().onExit().thenAccept(ended -> bringBack(started));
    }

    private void awaitReady() {
        Child started = current();
        try {
            boolean usable = readiness.await(started);
            note(started, usable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By the time it is known of one process, another may have taken its place. */
    private synchronized void note(Child started, boolean usable) {
        if (wanted && started == child) {
            ready = usable;
        }
    }

    private synchronized void bringBack(Child ended) {
        if (ended != child) {
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
        awaitReady();
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

    /** Every process that does its work, as far as they live; none before it was started. */
    synchronized List<ProcessHandle> processes() {
        return child == null ? List.of() : child.processes().toList();
    }

    /** As a crash would: no time for anything. */
    void kill() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** As an orderly end is asked for. */
    void terminate() {
        current().process().destroy();
    }

    /** It does nothing more, and nobody is told. Should this process be killed, it goes on all the same. */
    synchronized void freeze() {
        List<ProcessHandle> all = processes();
        if (!all.isEmpty()) {
            thaw = LastWord.of(signal("CONT", all));
            run(signal("STOP", all));
        }
    }

    /** It goes on, if it stood still. */
    synchronized void thaw() {
        if (thaw != null) {
            thaw.close();
            thaw = null;
        }
    }

    /** Whether the kernel says that all of it stands still. */
    boolean isFrozen() {
        List<ProcessHandle> all = processes();
        return !all.isEmpty() && all.stream().allMatch(process -> Proc.state(process) == 'T');
    }

    private static List<String> signal(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        return command;
    }

    private static void run(List<String> command) {
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it in order, by force what takes too long, and leaves it ended. */
    void stop() {
        Child last = unwant();
        if (last != null) {
            last.stop();
        }
    }

    /** From here on nothing is started that nobody would stop. */
    private synchronized @Nullable Child unwant() {
        wanted = false;
        ready = false;
        return child;
    }

    /** Reads what the kernel knows of processes. */
    private static final class Proc {
        /** The letter after the name, which stands in parentheses and may hold anything. */
        private static char state(ProcessHandle process) {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
                return stat.charAt(stat.lastIndexOf(')') + 2);
            } catch (IOException e) {
                return 'X';
            }
        }
    }
}
