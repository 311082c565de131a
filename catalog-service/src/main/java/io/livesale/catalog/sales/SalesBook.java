package io.livesale.catalog.sales;

import io.livesale.catalog.sales.Standing.Outcome;
import io.livesale.catalog.sales.Standing.Outcome.Applied;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes a batch of reports in one transaction of a few set-based statements, and the move of the products' units with
 * them.
 *
 * <p>It works on the reactive pool alone: an injected pool does not join a Hibernate transaction, so the two are never
 * used in one unit of work. Against the requests that change the same rows stand row locks in one order everywhere:
 * offers by id, then products by id.
 */
@ApplicationScoped
class SalesBook {
    private final Pool pool;

    SalesBook(Pool pool) {
        this.pool = pool;
    }

    /** What a product's counters change by. */
    private record Move(long sold, long back) {
        static Move of(Applied change) {
            return new Move(change.soldMore(), change.backMore());
        }

        Move plus(Move other) {
            return new Move(sold + other.sold, back + other.back);
        }
    }

    /**
     * Applies the newest report of each offer.
     *
     * @param reports one per offer
     * @return what each came to, by offer
     */
    Uni<Map<UUID, Outcome>> apply(Map<UUID, SalesReport> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.withTransaction(connection -> lockOffers(connection, reports.keySet())
                .map(standings -> decide(reports, standings))
                .call(outcomes -> write(connection, applied(outcomes))));
    }

    private static Uni<Map<UUID, Standing>> lockOffers(SqlConnection connection, Collection<UUID> offers) {
        return connection
                .preparedQuery("""
                        SELECT id, product_id, allotment, sold, given_back, sales_version
                        FROM offer
                        WHERE id = ANY($1)
                        ORDER BY id
                        FOR NO KEY UPDATE
                        """)
                .execute(Tuple.of(offers.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Standing> standings = new HashMap<>();
                    rows.forEach(row -> standings.put(row.getUUID("id"), standing(row)));
                    return standings;
                });
    }

    private static Standing standing(Row row) {
        return new Standing(
                row.getUUID("id"),
                row.getUUID("product_id"),
                row.getLong("allotment"),
                row.getLong("sold"),
                row.getLong("given_back"),
                row.getLong("sales_version"));
    }

    private static Map<UUID, Outcome> decide(Map<UUID, SalesReport> reports, Map<UUID, Standing> standings) {
        Map<UUID, Outcome> outcomes = new HashMap<>();
        reports.forEach((offer, report) -> {
            Standing standing = standings.get(offer);
            outcomes.put(offer, standing == null ? new Outcome.Contradiction("no such offer") : standing.apply(report));
        });
        return outcomes;
    }

    private static List<Applied> applied(Map<UUID, Outcome> outcomes) {
        return outcomes.values().stream()
                .filter(Applied.class::isInstance)
                .map(Applied.class::cast)
                .toList();
    }

    private static Uni<Void> write(SqlConnection connection, List<Applied> changes) {
        Map<UUID, Move> moves = new HashMap<>();
        for (Applied change : changes) {
            if (change.productId() != null && (change.soldMore() != 0 || change.backMore() != 0)) {
                moves.merge(change.productId(), Move.of(change), Move::plus);
            }
        }
        return writeOffers(connection, changes)
                .chain(() -> lockProducts(connection, moves.keySet()))
                .chain(() -> moveUnits(connection, moves))
                .replaceWithVoid();
    }

    private static Uni<RowSet<Row>> writeOffers(SqlConnection connection, List<Applied> changes) {
        return connection
                .preparedQuery("""
                        UPDATE offer
                        SET sales_version = told.version,
                            remaining = told.remaining,
                            reserved = told.reserved,
                            sold = told.sold,
                            given_back = told.given_back
                        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                            AS told (offer_id, version, remaining, reserved, sold, given_back)
                        WHERE offer.id = told.offer_id
                        AND offer.sales_version < told.version
                        """)
                .execute(Tuple.of(
                        changes.stream()
                                .map(change -> change.report().offerId())
                                .toArray(UUID[]::new),
                        column(changes, change -> change.report().version()),
                        column(changes, change -> change.report().remaining()),
                        column(changes, change -> change.report().reserved()),
                        column(changes, change -> change.report().sold()),
                        column(changes, Applied::givenBack)));
    }

    private static Uni<RowSet<Row>> lockProducts(SqlConnection connection, Collection<UUID> products) {
        return connection
                .preparedQuery("SELECT id FROM product WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE")
                .execute(Tuple.of(products.toArray(UUID[]::new)));
    }

    private static Uni<RowSet<Row>> moveUnits(SqlConnection connection, Map<UUID, Move> moves) {
        List<Map.Entry<UUID, Move>> rows = List.copyOf(moves.entrySet());
        return connection
                .preparedQuery("""
                        UPDATE product
                        SET available = product.available + move.back,
                            allotted = product.allotted - move.back - move.sold,
                            sold = product.sold + move.sold
                        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS move (product_id, sold, back)
                        WHERE product.id = move.product_id
                        """)
                .execute(Tuple.of(
                        rows.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        column(rows, row -> row.getValue().sold()),
                        column(rows, row -> row.getValue().back())));
    }

    private static <T> Long[] column(List<T> rows, Function<T, Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }
}
