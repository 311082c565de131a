package io.livesale.catalog.streaming;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Page;
import io.livesale.catalog.PageRequest;
import io.livesale.catalog.Session;
import io.livesale.catalog.SessionView;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A creator schedules, starts and ends sessions and pins an offer. */
@ApplicationScoped
class SessionRunning {
    private static final Logger LOG = Logger.getLogger(SessionRunning.class);

    private final Sessions sessions;
    private final Offers offers;
    private final OfferClosing closing;
    private final OfferSettings settings;
    private final Clock clock;

    SessionRunning(Sessions sessions, Offers offers, OfferClosing closing, OfferSettings settings, Clock clock) {
        this.sessions = sessions;
        this.offers = offers;
        this.closing = closing;
        this.settings = settings;
        this.clock = clock;
    }

    @WithTransaction
    Uni<SessionView> schedule(String creatorId, String title, @Nullable String streamUrl, @Nullable Instant startsAt) {
        Instant now = clock.instant();
        requireNear(startsAt, now);
        Session session = new Session(UuidCreator.getTimeOrderedEpoch(), creatorId, title, streamUrl, startsAt, now);
        return sessions.persist(session)
                .invoke(() -> LOG.infof("session scheduled sessionId=%s creatorId=%s", session.id(), creatorId))
                .chain(this::full);
    }

    @WithSession
    Uni<SessionView> view(UUID id) {
        return sessions.require(id).chain(this::full);
    }

    @WithSession
    Uni<Page<SessionView>> list(
            Session.@Nullable Status status,
            @Nullable String creatorId,
            @Nullable String title,
            PageRequest<UUID> page) {
        return sessions.list(status, creatorId, title, page)
                .map(rows -> Page.of(page, rows, Session::id, SessionView::listed));
    }

    /** Those on now, with their offers. */
    @WithSession
    Uni<Page<SessionView>> live(@Nullable String creatorId, @Nullable String title, PageRequest<UUID> asked) {
        PageRequest<UUID> page = asked.atMost(settings.liveSessionsPerPage());
        return sessions.list(Session.Status.LIVE, creatorId, title, page)
                .chain(rows -> offers.of(rows)
                        .map(made -> Page.of(
                                page,
                                rows,
                                Session::id,
                                row -> SessionView.full(row, made.getOrDefault(row.id(), List.of())))));
    }

    @WithTransaction
    Uni<SessionView> start(UUID id, String creatorId) {
        return sessions.requireOwnLocked(id, creatorId)
                .invoke(session -> session.start(clock.instant()))
                .invoke(() -> LOG.infof("session live sessionId=%s", id))
                .chain(this::full);
    }

    @WithTransaction
    Uni<SessionView> end(UUID id, String creatorId) {
        return sessions.requireOwnLocked(id, creatorId)
                .call(session -> session.end(clock.instant())
                        ? closing.closeAll(session)
                        : Uni.createFrom().voidItem())
                .invoke(() -> LOG.infof("session ended sessionId=%s", id))
                .chain(this::full);
    }

    @WithTransaction
    Uni<SessionView> pin(UUID id, String creatorId, @Nullable UUID offerId) {
        return sessions.requireOwnLocked(id, creatorId)
                .call(session -> pin(session, offerId))
                .invoke(() -> LOG.infof("offer pinned sessionId=%s offerId=%s", id, offerId))
                .chain(this::full);
    }

    private Uni<Void> pin(Session session, @Nullable UUID offerId) {
        if (offerId == null) {
            session.unpin();
            return Uni.createFrom().voidItem();
        }
        return offers.requireIn(session, offerId).invoke(session::pin).replaceWithVoid();
    }

    private Uni<SessionView> full(Session session) {
        return offers.of(session).map(all -> SessionView.full(session, all));
    }

    private void requireNear(@Nullable Instant startsAt, Instant now) {
        if (startsAt != null
                && (startsAt.isBefore(now.minus(settings.horizon()))
                        || startsAt.isAfter(now.plus(settings.horizon())))) {
            throw new InvalidField(
                    "startsAt", "must be within " + settings.horizon().toDays() + " days of today");
        }
    }
}
