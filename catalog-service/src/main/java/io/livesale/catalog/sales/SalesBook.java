package io.livesale.catalog.sales;

import io.livesale.catalog.Takings;
import io.livesale.catalog.sales.Standing.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        static final Move NONE = new Move(0, 0);

        static Move between(Standing before, Standing after) {
            return new Move(after.sold() - before.sold(), after.givenBack() - before.givenBack());
        }

        Move plus(Move other) {
            return new Move(sold + other.sold, back + other.back);
        }
    }

    /**
     * Applies reports, one after the other.
     *
     * @return what each came to, in their order
     */
    Uni<List<Outcome>> apply(List<SalesReport> reports) {
        List<UUID> offers =
                reports.stream().map(SalesReport::offerId).distinct().toList();
        return pool.withTransaction(connection -> lockOffers(connection, offers).chain(before -> {
            Map<UUID, Standing> after = new HashMap<>(before);
            List<Outcome> outcomes = decide(reports, after);
            return write(connection, before, after).replaceWith(outcomes);
        }));
    }

    private static Uni<Map<UUID, Standing>> lockOffers(SqlConnection connection, Collection<UUID> offers) {
        return connection
                .preparedQuery("""
                        SELECT id, product_id, allotment, remaining, reserved, sold, given_back, orders, gross,
                               commission, sales_version
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
                row.getLong("remaining"),
                row.getLong("reserved"),
                row.getLong("sold"),
                row.getLong("given_back"),
                takings(row),
                row.getLong("sales_version"));
    }

    private static @Nullable Takings takings(Row row) {
        Long orders = row.getLong("orders");
        return orders == null ? null : new Takings(orders, row.getLong("gross"), row.getLong("commission"));
    }

    /** Brings the standings up to date. */
    private static List<Outcome> decide(List<SalesReport> reports, Map<UUID, Standing> standings) {
        List<Outcome> outcomes = new ArrayList<>();
        for (SalesReport report : reports) {
            Standing standing = standings.get(report.offerId());
            Outcome outcome = standing == null ? new Outcome.Contradiction("no such offer") : standing.apply(report);
            if (outcome instanceof Outcome.Applied applied) {
                standings.put(report.offerId(), applied.standing());
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static Uni<Void> write(SqlConnection connection, Map<UUID, Standing> before, Map<UUID, Standing> after) {
        List<Standing> changed = after.values().stream()
                .filter(standing -> !standing.equals(before.get(standing.offerId())))
                .toList();
        Map<UUID, Move> moves = new HashMap<>();
        for (Standing standing : changed) {
            Move move = Move.between(before.get(standing.offerId()), standing);
            if (standing.productId() != null && !move.equals(Move.NONE)) {
                moves.merge(standing.productId(), move, Move::plus);
            }
        }
        return writeOffers(connection, changed)
                .chain(() -> lockProducts(connection, moves.keySet()))
                .chain(() -> moveUnits(connection, moves))
                .replaceWithVoid();
    }

    private static Uni<RowSet<Row>> writeOffers(SqlConnection connection, List<Standing> changed) {
        return connection
                .preparedQuery("""
                        UPDATE offer
                        SET sales_version = told.version,
                            remaining = told.remaining,
                            reserved = told.reserved,
                            sold = told.sold,
                            given_back = told.given_back,
                            orders = told.orders,
                            gross = told.gross,
                            commission = told.commission
                        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                                    $7::bigint[], $8::bigint[], $9::bigint[])
                            AS told (offer_id, version, remaining, reserved, sold, given_back, orders, gross, commission)
                        WHERE offer.id = told.offer_id
                        """)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(changed.stream().map(Standing::offerId).toArray(UUID[]::new))
                        .addArrayOfLong(column(changed, Standing::version))
                        .addArrayOfLong(column(changed, Standing::remaining))
                        .addArrayOfLong(column(changed, Standing::reserved))
                        .addArrayOfLong(column(changed, Standing::sold))
                        .addArrayOfLong(column(changed, Standing::givenBack))
                        .addArrayOfLong(column(changed, taking(Takings::orders)))
                        .addArrayOfLong(column(changed, taking(Takings::gross)))
                        .addArrayOfLong(column(changed, taking(Takings::commission))));
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

    private static Function<Standing, @Nullable Long> taking(Function<Takings, Long> figure) {
        return standing -> Optional.ofNullable(standing.takings()).map(figure).orElse(null);
    }

    private static <T> Long[] column(List<T> rows, Function<T, @Nullable Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }
}
