package io.livesale.catalog.listing;

import io.livesale.catalog.Money;
import io.livesale.catalog.Product;
import io.livesale.catalog.SettlementProfile;
import io.livesale.catalog.Stock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as everyone may see it. */
record ProductView(
        UUID productId,
        String sellerId,
        @Nullable String sku,
        String title,
        @Nullable String description,
        @Nullable String imageUrl,
        String county,
        Money listPrice,
        int commissionBasisPoints,
        SettlementProfile settlementProfile,
        Stock stock) {
    static ProductView of(Product product) {
        Product.Description description = product.description();
        return new ProductView(
                product.id(),
                product.sellerId(),
                product.sku(),
                description.title(),
                description.text(),
                description.imageUrl(),
                description.county(),
                product.listPrice(),
                product.terms().commissionBasisPoints(),
                product.terms().settlementProfile(),
                product.stock());
    }
}
