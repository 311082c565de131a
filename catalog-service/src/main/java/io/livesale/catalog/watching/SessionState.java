package io.livesale.catalog.watching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Session;
import io.livesale.catalog.SessionView;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session as viewers are shown it, as a whole or as what changed since the state before. Either is laid out once,
 * however many viewers there are.
 */
final class SessionState {
    /** The id of the last event there is, on every replica alike: who has seen it need not come back. */
    static final String LAST = "ended";

    private final ObjectMapper json;
    private final long number;
    private final SessionView session;
    private final @Nullable Buffer changes;
    private @Nullable Buffer whole;

    /** What is shown large; {@code offer} is absent when nothing is. */
    record Pin(
            UUID sessionId,
            @Nullable UUID pinnedOfferId,
            @Nullable OfferView offer) {
        static Pin of(SessionView session) {
            OfferView pinned = byId(session).get(session.pinnedOfferId());
            return new Pin(session.sessionId(), session.pinnedOfferId(), pinned);
        }
    }

    private SessionState(ObjectMapper json, long number, SessionView session, @Nullable SessionView before) {
        this.json = json;
        this.number = number;
        this.session = session;
        this.changes = before == null || !isSameButForOffers(before) ? null : changesSince(before);
    }

    static SessionState first(ObjectMapper json, SessionView session) {
        return new SessionState(json, 1, session, null);
    }

    /** The state after this one; this one itself when nothing has changed. */
    SessionState next(SessionView now) {
        return now.equals(session) ? this : new SessionState(json, number + 1, now, session);
    }

    /** The events for those who have seen the state before. */
    Buffer changes() {
        return changes == null ? whole() : changes;
    }

    /** The event for those who have not; most often nobody needs it. */
    synchronized Buffer whole() {
        if (whole == null) {
            whole = event("session", session);
        }
        return whole;
    }

    /** Whether the session has ended: nothing more is going to change that anybody would stay for. */
    boolean isLast() {
        return session.status() == Session.Status.ENDED;
    }

    private boolean isSameButForOffers(SessionView before) {
        return session.bare().equals(before.bare())
                && byId(session).keySet().equals(byId(before).keySet());
    }

    private Buffer changesSince(SessionView before) {
        Buffer events = Buffer.buffer();
        if (!Objects.equals(session.pinnedOfferId(), before.pinnedOfferId())) {
            events.appendBuffer(event("pin", Pin.of(session)));
        }
        Map<UUID, OfferView> known = byId(before);
        offers(session).stream()
                .filter(offer -> !offer.equals(known.get(offer.offerId())))
                .forEach(offer -> events.appendBuffer(event("offer", offer)));
        return events;
    }

    private static Map<UUID, OfferView> byId(SessionView session) {
        return offers(session).stream().collect(Collectors.toMap(OfferView::offerId, Function.identity()));
    }

    private static List<OfferView> offers(SessionView session) {
        return Objects.requireNonNullElse(session.offers(), List.of());
    }

    private Buffer event(String name, Object data) {
        try {
            String id = isLast() ? LAST : Long.toString(number);
            return EventStream.event(name, id, json.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view of ours is always JSON", e);
        }
    }
}
