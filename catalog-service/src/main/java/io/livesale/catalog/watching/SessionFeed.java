package io.livesale.catalog.watching;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.SessionView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One session for all its viewers on this replica: read once for all of them. It is read again whenever something may
 * have changed, never twice at a time and with a pause in between; what comes to light is told to all in the same order.
 */
final class SessionFeed {
    private static final Logger LOG = Logger.getLogger(SessionFeed.class);

    private final UUID sessionId;
    private final SessionReading reading;
    private final ObjectMapper json;
    private final UpdateSettings settings;
    private final Vertx vertx;
    private final Set<Viewer> viewers = new HashSet<>();
    private @Nullable SessionState state;
    /** A reading is under way, or was a moment ago. */
    private boolean busy;

    private boolean again;

    SessionFeed(UUID sessionId, SessionReading reading, ObjectMapper json, UpdateSettings settings, Vertx vertx) {
        this.sessionId = sessionId;
        this.reading = reading;
        this.json = json;
        this.settings = settings;
        this.vertx = vertx;
    }

    /** Shows the viewer the state, and whatever follows. */
    synchronized void join(Viewer viewer) {
        viewers.add(viewer);
        if (state == null) {
            look();
        } else {
            viewer.show(state);
        }
    }

    /** Returns whether this was the last one. */
    synchronized boolean isOverWithout(Viewer viewer) {
        viewers.remove(viewer);
        return viewers.isEmpty();
    }

    synchronized List<Viewer> viewers() {
        return List.copyOf(viewers);
    }

    /** Something may have changed. */
    void look() {
        lookNow().subscribe().with(done -> {}, failure -> LOG.error("session feed stopped", failure));
    }

    /** Completes when the session has been read, or will be read again anyway; never fails. */
    Uni<Void> lookNow() {
        if (!begin()) {
            return Uni.createFrom().voidItem();
        }
        return reading.read(sessionId)
                .invoke(this::show)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    notRead(failure);
                    return Uni.createFrom().voidItem();
                })
                .onTermination()
                .invoke(() -> vertx.setTimer(settings.pause().toMillis(), paused -> finish()));
    }

    private synchronized boolean begin() {
        again = busy;
        busy = true;
        return !again;
    }

    private void finish() {
        if (isToLookAgain()) {
            look();
        }
    }

    private synchronized boolean isToLookAgain() {
        busy = false;
        return again && !viewers.isEmpty();
    }

    private synchronized void show(SessionView now) {
        SessionState next = state == null ? SessionState.first(json, now) : state.next(now);
        if (next != state) {
            state = next;
            viewers.forEach(viewer -> viewer.show(next));
        }
    }

    /** Those who see the last state go on seeing it; the next look may do better. */
    private synchronized void notRead(Throwable failure) {
        LOG.debugf("session not read sessionId=%s reason=%s", sessionId, failure);
        if (state == null) {
            viewers.forEach(viewer -> viewer.fail(failure));
        }
    }
}
