package io.livesale.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Steps that wait for processes, each on a thread of its own that keeps nothing from ending. */
final class SideBySide {
    static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    private SideBySide() {}

    /** Fails with the first failure without waiting for the others: a service that died must not cost two minutes. */
    static void run(List<Runnable> steps) {
        CompletableFuture<Void> first = new CompletableFuture<>();
        List<CompletableFuture<Void>> running = steps.stream()
                .map(step -> CompletableFuture.runAsync(step, THREADS))
                .toList();
        for (CompletableFuture<Void> step : running) {
            step.whenComplete((result, failure) -> {
                if (failure != null) {
                    first.completeExceptionally(failure);
                }
            });
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).thenRun(() -> first.complete(null));
        try {
            first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart reason ? reason : e;
        }
    }
}
