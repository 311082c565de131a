package io.livesale.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as everyone may see it.
 *
 * @param offers in the order they were made; absent in lists but that of live sessions, where they would be too many
 */
public record SessionView(
        UUID sessionId,
        String creatorId,
        String title,
        @Nullable String streamUrl,
        Session.Status status,
        @Nullable Instant startsAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable UUID pinnedOfferId,
        @Nullable List<OfferView> offers) {

    public static SessionView listed(Session session) {
        return of(session, null);
    }

    public static SessionView full(Session session, List<Offer> offers) {
        return of(
                session,
                offers.stream().map(offer -> OfferView.of(offer, session)).toList());
    }

    /** The session itself: without its offers, and whichever of them is pinned. */
    public SessionView bare() {
        return new SessionView(
                sessionId, creatorId, title, streamUrl, status, startsAt, startedAt, endedAt, null, null);
    }

    private static SessionView of(Session session, @Nullable List<OfferView> offers) {
        return new SessionView(
                session.id(),
                session.creatorId(),
                session.title(),
                session.streamUrl(),
                session.status(),
                session.startsAt(),
                session.startedAt(),
                session.endedAt(),
                session.pinnedOfferId(),
                offers);
    }
}
