package io.livesale.catalog.listing;

import io.livesale.catalog.Money;
import io.livesale.catalog.Product.Content;
import io.livesale.catalog.Product.Description;
import io.livesale.catalog.Product.Terms;
import io.livesale.catalog.SettlementProfile;
import io.livesale.catalog.Stock;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Currency;
import java.util.UUID;

/** A product as files know it: an empty cell is no description, so that {@code ""} is none either. */
record ProductRow(UUID id, Content content, Stock stock) {
    /** What {@link #of} reads. */
    static final String COLUMNS = """
            id, sku, title, nullif(description, '') AS description, image_url, county, list_price, currency,
            commission_basis_points, settlement_profile, available, allotted, sold
            """;

    static ProductRow of(Row row) {
        Description description = new Description(
                row.getString("title"),
                row.getString("description"),
                row.getString("image_url"),
                row.getString("county"));
        Money listPrice = new Money(row.getLong("list_price"), Currency.getInstance(row.getString("currency")));
        Terms terms = new Terms(
                row.getInteger("commission_basis_points"),
                SettlementProfile.valueOf(row.getString("settlement_profile")));
        return new ProductRow(
                row.getUUID("id"),
                new Content(row.getString("sku"), description, listPrice, terms),
                new Stock(row.getLong("available"), row.getLong("allotted"), row.getLong("sold")));
    }

    /** All units ever put in, less those taken out. */
    long stockTotal() {
        return stock.available() + stock.allotted() + stock.sold();
    }
}
