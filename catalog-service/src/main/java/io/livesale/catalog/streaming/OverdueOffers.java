package io.livesale.catalog.streaming;

import io.livesale.catalog.Offers;
import io.livesale.catalog.Outbox;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes offers at their closing time, so that what is left returns to its seller without anybody's doing. Several
 * replicas may try the same offer: the first closes it, the others find it closed.
 */
@ApplicationScoped
class OverdueOffers {
    private static final Logger LOG = Logger.getLogger(OverdueOffers.class);

    private final Offers offers;
    private final OfferClosing closing;
    private final Outbox outbox;
    private final OfferSettings settings;
    private final Clock clock;

    OverdueOffers(Offers offers, OfferClosing closing, Outbox outbox, OfferSettings settings, Clock clock) {
        this.offers = offers;
        this.closing = closing;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "{catalog.offers.closing-check}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> close() {
        return Panache.withSession(() -> offers.overdue(clock.instant(), settings.closingBatch()))
                .onItem()
                .transformToMulti(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(this::close)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("overdue offers not looked for, again soon reason=%s", failure.toString());
                    return Uni.createFrom().voidItem();
                });
    }

    /** One that cannot be closed now must not keep the others open; the next check tries it again. */
    private Uni<Void> close(UUID id) {
        return closing.closeOverdue(id)
                .invoke(outbox::committed)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(failure, "overdue offer not closed offerId=%s", id);
                    return Uni.createFrom().voidItem();
                });
    }
}
