package io.livesale.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The services' processes. One of several replicas that ends by itself is left out by the gateway and started again, as
 * Kubernetes would; one that runs alone ends the system, because whoever works on it wants to see that.
 */
final class Replicas {
    private final List<Replica> all;
    private final Function<Replica, Child> start;
    private final Children children;
    private final Endpoints endpoints;
    private final RestartBudget budget;
    private final Duration pause;
    private final PrintStream out;
    private final Readiness readiness = new Readiness();

    /**
     * @param start starts the process of one
     * @param pause before one is started again
     * @param out told of every end and return
     */
    Replicas(
            List<Replica> all,
            Function<Replica, Child> start,
            Children children,
            Endpoints endpoints,
            RestartBudget budget,
            Duration pause,
            PrintStream out) {
        this.all = all;
        this.start = start;
        this.children = children;
        this.endpoints = endpoints;
        this.budget = budget;
        this.pause = pause;
        this.out = out;
    }

    /** Starts them side by side and returns when all are ready. */
    Map<Replica, Child> startAll(Progress progress) {
        children.newGroup();
        Map<Replica, Child> running = new LinkedHashMap<>();
        all.forEach(replica -> running.put(replica, children.add(() -> start.apply(replica))));
        SideBySide.run(all.stream()
                .<Runnable>map(replica ->
                        () -> progress.step(replica.name(), () -> awaitReady(replica, running.get(replica))))
                .toList());
        return running;
    }

    private Child awaitReady(Replica replica, Child child) throws InterruptedException {
        if (!becomesReady(replica, child)) {
            throw children.notReady(child);
        }
        return child;
    }

    private boolean becomesReady(Replica replica, Child child) throws InterruptedException {
        boolean ready = readiness.await(child, replica.port(), Child.PATIENCE);
        if (ready) {
            endpoints.ready(replica);
            SideBySide.THREADS.execute(() -> follow(replica, child));
            children.watch(child, ended -> bringBack(replica, ended));
        }
        return ready;
    }

    /** The gateway leaves out whoever stops, or answers nobody. */
    private void follow(Replica replica, Child child) {
        try {
            readiness.follow(child, replica.port(), ready -> {
                if (ready) {
                    endpoints.ready(replica);
                } else {
                    endpoints.gone(replica);
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bringBack(Replica replica, Child ended) {
        endpoints.gone(replica);
        if (isAlone(replica)) {
            children.report(ended);
        } else if (budget.take()) {
            out.printf(
                    "%s (process %d) ended by itself (exit %d); it is started again%n",
                    ended.name(), ended.process().pid(), ended.process().exitValue());
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, SideBySide.THREADS)
                    .execute(() -> startAgain(replica));
        } else {
            out.printf(
                    "%d restarts within %d s are enough%n", RestartBudget.RESTARTS, RestartBudget.WITHIN.toSeconds());
            children.report(ended);
        }
    }

    private void startAgain(Replica replica) {
        long since = System.nanoTime();
        try {
            Child child = children.add(() -> start.apply(replica));
            if (becomesReady(replica, child)) {
                out.printf(
                        "%s (process %d) is back after %.1f s%n",
                        child.name(), child.process().pid(), Progress.seconds(since));
            } else if (!children.isStopping()) {
                child.stop();
                bringBack(replica, child);
            }
        } catch (CannotStart stopping) {
            // The whole system is being stopped; there is nobody to come back to.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAlone(Replica replica) {
        return all.stream()
                        .filter(other -> other.service() == replica.service())
                        .count()
                == 1;
    }
}
