package io.livesale.catalog.watching;

import io.livesale.catalog.Offers;
import io.livesale.catalog.SessionView;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Reads a session on nobody's behalf: whoever made it necessary may be gone by then. */
@Singleton
class SessionReading {
    private final Sessions sessions;
    private final Offers offers;
    private final Vertx vertx;

    SessionReading(Sessions sessions, Offers offers, Vertx vertx) {
        this.sessions = sessions;
        this.offers = offers;
        this.vertx = vertx;
    }

    /** The session with its offers, or 404. */
    Uni<SessionView> read(UUID id) {
        // Hibernate wants a context that nobody else works on.
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(own, true);
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> own.runOnContext(nothing -> task.run()))
                .chain(() -> Panache.withSession(() -> find(id)));
    }

    private Uni<SessionView> find(UUID id) {
        return sessions.require(id).chain(session -> offers.of(session).map(all -> SessionView.full(session, all)));
    }
}
