package io.livesale.catalog.listing;

import io.livesale.catalog.Products;
import io.livesale.catalog.listing.ChunkDecision.Change;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Writes a chunk of an import in one transaction of a few set-based statements, on the reactive pool alone. It locks the
 * seller's skus first and then the products in the order of their ids, as everybody does.
 */
@ApplicationScoped
class ProductBook {
    private final Pool pool;
    private final Clock clock;

    ProductBook(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** @param importId of the whole file, each line of which adjusts the stock of one product */
    Uni<ImportReport> write(String sellerId, UUID importId, List<ImportLine> lines) {
        List<ImportLine.Wanted> wanted = lines.stream()
                .filter(ImportLine.Wanted.class::isInstance)
                .map(ImportLine.Wanted.class::cast)
                .toList();
        return pool.withTransaction(connection -> lockSkus(connection, sellerId)
                .chain(() -> lockProducts(connection, sellerId, wanted))
                .chain(products ->
                        knownCounties(connection, wanted).map(counties -> ChunkDecision.of(lines, products, counties)))
                .call(decision -> writeProducts(connection, sellerId, decision.changes()))
                .call(decision -> recordAdjustments(connection, importId, decision.adjustments()))
                .map(ChunkDecision::report));
    }

    private static Uni<RowSet<Row>> lockSkus(SqlConnection connection, String sellerId) {
        return connection
                .preparedQuery("SELECT 1 FROM pg_advisory_xact_lock($1, hashtext($2))")
                .execute(Tuple.of(Products.SKU_LOCK, sellerId));
    }

    private static Uni<Map<String, ProductRow>> lockProducts(
            SqlConnection connection, String sellerId, List<ImportLine.Wanted> wanted) {
        return connection
                .preparedQuery("""
                        SELECT %s
                        FROM product
                        WHERE seller_id = $1
                        AND sku = ANY($2)
                        ORDER BY id
                        FOR NO KEY UPDATE
                        """.formatted(ProductRow.COLUMNS))
                .execute(Tuple.of(sellerId, column(wanted, line -> line.body().sku(), String[]::new)))
                .map(rows -> {
                    Map<String, ProductRow> products = new HashMap<>();
                    rows.forEach(row -> products.put(row.getString("sku"), ProductRow.of(row)));
                    return products;
                });
    }

    private static Uni<Set<String>> knownCounties(SqlConnection connection, List<ImportLine.Wanted> wanted) {
        return connection
                .preparedQuery("SELECT code FROM county WHERE code = ANY($1)")
                .execute(Tuple.tuple()
                        .addArrayOfString(column(wanted, line -> line.body().county(), String[]::new)))
                .map(rows -> {
                    Set<String> codes = new HashSet<>();
                    rows.forEach(row -> codes.add(row.getString("code")));
                    return codes;
                });
    }

    /** The rows there are stay locked since they were read, so what is written is the outcome, the stock included. */
    private Uni<RowSet<Row>> writeProducts(SqlConnection connection, String sellerId, List<Change> changes) {
        return connection
                .preparedQuery("""
                        INSERT INTO product (id, seller_id, sku, title, description, image_url, county, list_price,
                                             currency, commission_basis_points, settlement_profile, available, allotted,
                                             sold, created_at)
                        SELECT id, $1, sku, title, description, image_url, county, list_price, currency,
                               commission_basis_points, settlement_profile, available, 0, 0, $2
                        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                                    $9::bigint[], $10::text[], $11::int[], $12::text[], $13::bigint[])
                            AS told (id, sku, title, description, image_url, county, list_price, currency,
                                     commission_basis_points, settlement_profile, available)
                        ON CONFLICT (id) DO UPDATE
                        SET title = excluded.title,
                            description = excluded.description,
                            image_url = excluded.image_url,
                            county = excluded.county,
                            list_price = excluded.list_price,
                            currency = excluded.currency,
                            commission_basis_points = excluded.commission_basis_points,
                            settlement_profile = excluded.settlement_profile,
                            available = excluded.available
                        """)
                .execute(Tuple.tuple()
                        .addString(sellerId)
                        .addOffsetDateTime(now())
                        .addArrayOfUUID(column(changes, Change::id, UUID[]::new))
                        .addArrayOfString(column(changes, it -> it.content().sku(), String[]::new))
                        .addArrayOfString(column(changes, it -> it.description().title(), String[]::new))
                        .addArrayOfString(column(changes, it -> it.description().text(), String[]::new))
                        .addArrayOfString(column(changes, it -> it.description().imageUrl(), String[]::new))
                        .addArrayOfString(column(changes, it -> it.description().county(), String[]::new))
                        .addArrayOfLong(
                                column(changes, it -> it.content().listPrice().amount(), Long[]::new))
                        .addArrayOfString(column(changes, Change::currency, String[]::new))
                        .addArrayOfInteger(column(changes, it -> it.terms().commissionBasisPoints(), Integer[]::new))
                        .addArrayOfString(column(
                                changes, it -> it.terms().settlementProfile().name(), String[]::new))
                        .addArrayOfLong(column(changes, it -> it.stock().available(), Long[]::new)));
    }

    private Uni<RowSet<Row>> recordAdjustments(SqlConnection connection, UUID importId, List<Change> adjustments) {
        return connection
                .preparedQuery("""
                        INSERT INTO stock_adjustment (product_id, adjustment_id, delta, reason, available, allotted,
                                                      sold, created_at)
                        SELECT product_id, adjustment_id, delta, 'import', available, allotted, sold, $1
                        FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
                            AS told (product_id, adjustment_id, delta, available, allotted, sold)
                        """)
                .execute(Tuple.tuple()
                        .addOffsetDateTime(now())
                        .addArrayOfUUID(column(adjustments, Change::id, UUID[]::new))
                        .addArrayOfString(
                                column(adjustments, it -> "import-%s-%d".formatted(importId, it.line()), String[]::new))
                        .addArrayOfLong(column(adjustments, Change::delta, Long[]::new))
                        .addArrayOfLong(column(adjustments, it -> it.stock().available(), Long[]::new))
                        .addArrayOfLong(column(adjustments, it -> it.stock().allotted(), Long[]::new))
                        .addArrayOfLong(column(adjustments, it -> it.stock().sold(), Long[]::new)));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
