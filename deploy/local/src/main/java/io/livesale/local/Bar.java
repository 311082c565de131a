package io.livesale.local;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Runs a phase on one event loop while a progress bar shows how far it is; without a terminal, one line when done. */
final class Bar {
    private static final int REFRESH_MILLIS = 200;

    private final Vertx vertx;
    private final Context loop;
    private final PrintStream out;
    private final boolean terminal;

    Bar(Vertx vertx, PrintStream out, boolean terminal) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Returns the phase's result.
     *
     * @param total steps expected
     * @param done steps done so far
     */
    <T> T show(String name, long total, LongSupplier done, Supplier<Future<T>> phase) {
        long start = System.nanoTime();
        if (!terminal) {
            T result = run(phase);
            out.printf("  %-9s %d in %.1f s%n", name, done.getAsLong(), Progress.seconds(start));
            return result;
        }
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(String.format("  %-9s", name))
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .build()) {
            long timer = vertx.setPeriodic(REFRESH_MILLIS, tick -> bar.stepTo(done.getAsLong()));
            T result = run(phase);
            vertx.cancelTimer(timer);
            bar.stepTo(done.getAsLong());
            return result;
        }
    }

    /** Runs a phase that shows nothing. */
    <T> T run(Supplier<Future<T>> phase) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(begin -> phase.get().onSuccess(result::complete).onFailure(result::completeExceptionally));
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart reason ? reason : e;
        }
    }
}
