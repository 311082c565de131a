package io.livesale.catalog.streaming;

import io.livesale.catalog.Counties;
import io.livesale.catalog.Creators;
import io.livesale.catalog.Offer;
import io.livesale.catalog.OfferSnapshot;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Outbox;
import io.livesale.catalog.Session;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Opens an offer, once: two calls at once meet at the session's lock, and the second finds it open. */
@ApplicationScoped
class OfferOpening {
    private static final Logger LOG = Logger.getLogger(OfferOpening.class);

    private final Sessions sessions;
    private final Offers offers;
    private final Creators creators;
    private final Counties counties;
    private final Outbox outbox;
    private final Clock clock;

    OfferOpening(Sessions sessions, Offers offers, Creators creators, Counties counties, Outbox outbox, Clock clock) {
        this.sessions = sessions;
        this.offers = offers;
        this.creators = creators;
        this.counties = counties;
        this.outbox = outbox;
        this.clock = clock;
    }

    @WithTransaction
    Uni<OfferView> open(UUID id, String creatorId) {
        return offers.requireOwn(id, creatorId)
                .chain(() -> sessions.requireLockedOf(id))
                .chain(session -> offers.requireLocked(id)
                        .call(offer -> offer.status() == Offer.Status.OPEN
                                ? Uni.createFrom().voidItem()
                                : open(offer, session))
                        .map(offer -> OfferView.of(offer, session)));
    }

    private Uni<Void> open(Offer offer, Session session) {
        return creators.requireVerified(offer.creatorId())
                .chain(creator -> counties.origin(offer.county(), creator.homeCounty()))
                .invoke(origin -> offer.open(session, origin, clock.instant()))
                .chain(() -> outbox.append(OfferSnapshot.of(offer)))
                .invoke(() -> LOG.infof("offer opened offerId=%s sessionId=%s", offer.id(), session.id()));
    }
}
