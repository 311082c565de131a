package io.livesale.catalog.streaming;

import io.livesale.catalog.Offer;
import io.livesale.catalog.OfferSnapshot;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Outbox;
import io.livesale.catalog.Products;
import io.livesale.catalog.Session;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes offers: one that was open is told to order-service, which later settles what comes back; one that never opened
 * gives its allotment back here and now.
 */
@ApplicationScoped
class OfferClosing {
    private static final Logger LOG = Logger.getLogger(OfferClosing.class);

    private final Sessions sessions;
    private final Offers offers;
    private final Products products;
    private final Outbox outbox;
    private final Clock clock;

    OfferClosing(Sessions sessions, Offers offers, Products products, Outbox outbox, Clock clock) {
        this.sessions = sessions;
        this.offers = offers;
        this.products = products;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** By its creator; one that is closed stays as it is. */
    @WithTransaction
    Uni<OfferView> close(UUID id, String creatorId) {
        return offers.requireOwn(id, creatorId).chain(() -> closeLocked(id));
    }

    /** Because its time has come. */
    @WithTransaction
    Uni<OfferView> closeOverdue(UUID id) {
        return closeLocked(id);
    }

    /** Because its session, whose lock the caller holds, has ended. */
    Uni<Void> closeAll(Session session) {
        return offers.unclosedLocked(session).chain(this::close);
    }

    private Uni<OfferView> closeLocked(UUID id) {
        return sessions.requireLockedOf(id)
                .chain(session -> offers.requireLocked(id)
                        .call(offer -> offer.status() == Offer.Status.CLOSED
                                ? Uni.createFrom().voidItem()
                                : close(List.of(offer)))
                        .invoke(offer -> session.unpin(offer.id()))
                        .map(offer -> OfferView.of(offer, session)));
    }

    /** The offers are locked and not closed. Products are taken in the order PostgreSQL sorts their ids in. */
    private Uni<Void> close(List<Offer> locked) {
        Instant now = clock.instant();
        Map<String, Integer> back = new TreeMap<>();
        for (Offer offer : locked) {
            int units = offer.close(now);
            if (units > 0) {
                back.merge(String.valueOf(offer.productId()), units, Math::addExact);
            }
            LOG.infof("offer closed offerId=%s sessionId=%s givenBack=%d", offer.id(), offer.sessionId(), units);
        }
        return tell(locked).chain(() -> takeBack(back));
    }

    private Uni<Void> tell(List<Offer> closed) {
        return Multi.createFrom()
                .iterable(closed)
                .filter(offer -> offer.openedAt() != null)
                .onItem()
                .transformToUniAndConcatenate(offer -> outbox.append(OfferSnapshot.of(offer)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> takeBack(Map<String, Integer> units) {
        return Multi.createFrom()
                .iterable(units.entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        entry -> products.takeBack(UUID.fromString(entry.getKey()), entry.getValue()))
                .onItem()
                .ignoreAsUni();
    }
}
