package io.livesale.catalog.watching;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a session. Nothing is kept for who does not read but the newest state, which is shown whole once there is
 * room for it; who does not read for too long is dropped. Works on its request's event loop alone.
 */
final class Viewer {
    /** After a replica stops, or a session's stream is over, its viewers are not to come back all at once. */
    private static final Duration SOONEST_RETURN = Duration.ofSeconds(1);

    private static final Duration LATEST_RETURN = Duration.ofSeconds(5);

    private final EventStream client;
    private final UpdateSettings settings;
    private final Executor eventLoop;
    private final UniEmitter<? super Void> end;

    private final long endAt;
    private long lastWrite = System.nanoTime();
    private long lastRoom = lastWrite;
    private @Nullable SessionState newest;
    private @Nullable SessionState shown;
    private boolean leaving;
    private boolean over;

    /** @param end completes the request, or fails it as long as nothing was shown */
    Viewer(EventStream client, UpdateSettings settings, Executor eventLoop, UniEmitter<? super Void> end) {
        this.client = client;
        this.settings = settings;
        this.eventLoop = eventLoop;
        this.end = end;
        long longest = settings.longestStream().toNanos();
        this.endAt = lastWrite + longest - ThreadLocalRandom.current().nextLong(longest / 4);
    }

    /** To be called with one state after the other, beginning with any. */
    void show(SessionState state) {
        onEventLoop(() -> {
            boolean sawTheOneBefore = newest != null && shown == newest;
            if (newest == null) {
                client.begin(Duration.ofMillis(
                        ThreadLocalRandom.current().nextLong(SOONEST_RETURN.toMillis(), LATEST_RETURN.toMillis())));
            }
            newest = state;
            if (!client.isStalled()) {
                write(state, sawTheOneBefore);
            }
        });
    }

    private void write(SessionState state, boolean sawTheOneBefore) {
        client.write(sawTheOneBefore ? state.changes() : state.whole());
        shown = state;
        lastWrite = System.nanoTime();
        if (state.isLast() || leaving) {
            finish();
        }
    }

    /** There is no state to show. */
    void fail(Throwable failure) {
        onEventLoop(() -> {
            over = true;
            end.fail(failure);
        });
    }

    /** Ends the stream before its time, though not before the state was shown: its viewer comes back. */
    void leave() {
        onEventLoop(this::leaveNow);
    }

    private void leaveNow() {
        leaving = true;
        if (shown != null) {
            finish();
        }
    }

    private void finish() {
        over = true;
        end.complete(null);
    }

    private void onEventLoop(Runnable step) {
        eventLoop.execute(() -> {
            if (!over) {
                step.run();
            }
        });
    }

    /**
     * To be called about once a second.
     *
     * @param dropped is told when the viewer is dropped
     */
    void tick(Runnable dropped) {
        onEventLoop(() -> {
            long now = System.nanoTime();
            if (client.isStalled()) {
                if (now - lastRoom >= settings.patience().toNanos()) {
                    over = true;
                    client.drop();
                    dropped.run();
                }
                return;
            }
            lastRoom = now;
            if (newest != null) {
                keepUp(newest, now);
            }
        });
    }

    private void keepUp(SessionState state, long now) {
        if (shown != state) {
            write(state, false);
        } else if (now - endAt >= 0) {
            leaveNow();
        } else if (now - lastWrite >= settings.heartbeat().toNanos()) {
            lastWrite = now;
            client.heartbeat();
        }
    }
}
