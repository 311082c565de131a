package io.livesale.catalog.streaming;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Offer;
import io.livesale.catalog.OfferView;
import io.livesale.catalog.Offers;
import io.livesale.catalog.Problem;
import io.livesale.catalog.Products;
import io.livesale.catalog.Session;
import io.livesale.catalog.Sessions;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts a product or a gift on offer. A product's units leave its available ones in the same transaction. */
@ApplicationScoped
class OfferMaking {
    private static final Logger LOG = Logger.getLogger(OfferMaking.class);

    private final Sessions sessions;
    private final Offers offers;
    private final Products products;
    private final OfferSettings settings;
    private final Clock clock;

    OfferMaking(Sessions sessions, Offers offers, Products products, OfferSettings settings, Clock clock) {
        this.sessions = sessions;
        this.offers = offers;
        this.products = products;
        this.settings = settings;
        this.clock = clock;
    }

    @WithTransaction
    Uni<OfferView> make(UUID sessionId, String creatorId, NewOffer wanted) {
        requireAhead(wanted.terms().closesAt());
        return sessions.requireOwnLocked(sessionId, creatorId)
                .invoke(Session::requireNotEnded)
                .call(this::requireRoom)
                .chain(session -> make(session, wanted)
                        .call(offers::persist)
                        .invoke(offer -> LOG.infof(
                                "offer made offerId=%s sessionId=%s kind=%s allotment=%s",
                                offer.id(), sessionId, offer.kind(), offer.allotment()))
                        .map(offer -> OfferView.of(offer, session)));
    }

    private Uni<Offer> make(Session session, NewOffer wanted) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (wanted instanceof NewOffer.OfProduct product) {
            return products.require(product.productId())
                    .map(found -> Offer.ofProduct(id, session, found, product.allotment(), product.terms()))
                    .call(() -> products.allot(product.productId(), product.allotment()));
        }
        NewOffer.OfGift gift = (NewOffer.OfGift) wanted;
        return Uni.createFrom()
                .item(Offer.ofGift(id, session, gift.title(), settings.giftCommissionBasisPoints(), gift.terms()));
    }

    private Uni<Void> requireRoom(Session session) {
        return offers.count("sessionId", session.id())
                .invoke(made -> {
                    if (made >= settings.perSession()) {
                        throw Problem.TOO_MANY_OFFERS.because("A session has at most " + settings.perSession() + ".");
                    }
                })
                .replaceWithVoid();
    }

    private void requireAhead(@Nullable Instant closesAt) {
        Instant now = clock.instant();
        if (closesAt != null && (!closesAt.isAfter(now) || closesAt.isAfter(now.plus(settings.horizon())))) {
            throw new InvalidField(
                    "closesAt",
                    "must be in the future, within " + settings.horizon().toDays() + " days");
        }
    }
}
