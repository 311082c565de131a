package io.livesale.catalog.listing;

import io.livesale.catalog.Products;
import io.livesale.catalog.Stock;
import io.livesale.catalog.StockAdjustment;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Adjusts stock once per adjustment id. The lock on the product makes a repeat wait for the first, so that it finds the
 * recorded result instead of racing it.
 */
@ApplicationScoped
class StockAdjusting {
    private static final Logger LOG = Logger.getLogger(StockAdjusting.class);

    private final Products products;
    private final Clock clock;

    StockAdjusting(Products products, Clock clock) {
        this.products = products;
        this.clock = clock;
    }

    @WithTransaction
    Uni<Stock> adjust(UUID productId, String sellerId, String adjustmentId, long delta, @Nullable String reason) {
        StockAdjustment.Id id = new StockAdjustment.Id(productId, adjustmentId);
        return products.requireOwnLocked(productId, sellerId)
                .chain(Panache::getSession)
                .chain(session -> session.find(StockAdjustment.class, id)
                        .onItem()
                        .ifNotNull()
                        .transform(first -> first.repeated(delta))
                        .onItem()
                        .ifNull()
                        .switchTo(() -> adjustOnce(session, id, delta, reason)));
    }

    private Uni<Stock> adjustOnce(Mutiny.Session session, StockAdjustment.Id id, long delta, @Nullable String reason) {
        return products.adjust(id.productId(), delta)
                .call(stock -> session.persist(new StockAdjustment(id, delta, reason, stock, clock.instant())))
                .invoke(() -> LOG.infof(
                        "stock adjusted productId=%s adjustmentId=%s delta=%d",
                        id.productId(), id.adjustmentId(), delta));
    }
}
