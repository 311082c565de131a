package io.livesale.payout.publishing;

import io.livesale.payout.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Empties the outbox: woken right after each commit, and by a short poll for what no wake-up told of. Wake-ups that
 * arrive during a run collapse into one run after it, so none is missed and none piles up. Failures are retried with
 * back-off for as long as they last.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    private final OutboxRound round;
    private final OutboxSettings settings;
    private final Vertx vertx;
    private volatile @Nullable MultiEmitter<? super Outbox.Filled> wakeUps;
    private @Nullable Cancellable running;

    OutboxRelay(OutboxRound round, OutboxSettings settings, Vertx vertx) {
        this.round = round;
        this.settings = settings;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        // A context of its own: a wake-up comes on the context of a request, which ends before the run does.
        Context context = vertx.getOrCreateContext();
        running = wakeUps()
                .onItem()
                .transformToUniAndConcatenate(wakeUp -> Uni.createFrom()
                        .voidItem()
                        .emitOn(task -> context.runOnContext(ignored -> task.run()))
                        .chain(this::empty))
                .subscribe()
                .with(done -> {}, failure -> LOG.error("outbox relay stopped, restart the service", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        if (running != null) {
            running.cancel();
        }
    }

    void wake(@Observes Outbox.Filled filled) {
        MultiEmitter<? super Outbox.Filled> current = wakeUps;
        if (current != null) {
            current.emit(filled);
        }
    }

    private Multi<Outbox.Filled> wakeUps() {
        Multi<Outbox.Filled> told =
                Multi.createFrom().emitter(emitter -> wakeUps = emitter, BackPressureStrategy.LATEST);
        Multi<Outbox.Filled> polled =
                Multi.createFrom().ticks().every(settings.poll()).map(tick -> new Outbox.Filled());
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(told, polled.onOverflow().dropPreviousItems())
                .onOverflow()
                .dropPreviousItems();
    }

    private Uni<Void> empty() {
        return Uni.createFrom()
                .deferred(round::send)
                .onFailure()
                .invoke(failure -> LOG.warnf("outbox not sent, retrying reason=%s", failure.toString()))
                .onFailure()
                .retry()
                .withBackOff(settings.firstBackOff(), settings.longestBackOff())
                .indefinitely()
                .repeat()
                .whilst(sent -> sent > 0)
                .onItem()
                .ignoreAsUni();
    }
}
