package io.livesale.payout.posting;

import io.livesale.payout.Columns;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Sale;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes sales, four statements however many there are: {@link #DESCRIBE} inserts the statement lines, of which each
 * claims its order, and the {@link Ledger} posts those that are new.
 */
@ApplicationScoped
class SaleLedger {
    /** Orders are claimed in their order, so that two replicas cannot deadlock. */
    private static final String DESCRIBE = """
            INSERT INTO sale (
              order_id, offer_id, session_id, kind, units, seller_id, creator_id, county, settlement_profile, paid_at,
              currency, gross, fee, commission, seller_net, waived_fee,
              fee_basis_points, standard_fee_basis_points, commission_basis_points, programme_id)
            SELECT *
            FROM unnest(
              $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::timestamptz[],
              $11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
              $17::integer[], $18::integer[], $19::integer[], $20::text[])
              AS batch (order_id)
            ORDER BY order_id
            ON CONFLICT DO NOTHING
            RETURNING order_id
            """;

    private final Ledger ledger;

    SaleLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What a batch came to: sales posted, sales that had been posted before, and postings written. */
    record Posted(int sales, int repeats, int postings) {}

    /** Posts each sale whose order has none yet; of two for one order the first told. */
    Uni<Posted> post(SqlConnection connection, List<Sale> sales) {
        if (sales.isEmpty()) {
            return Uni.createFrom().item(new Posted(0, 0, 0));
        }
        Map<UUID, Sale> byOrder = new LinkedHashMap<>();
        sales.forEach(sale -> byOrder.putIfAbsent(sale.order().orderId(), sale));
        return describe(connection, List.copyOf(byOrder.values()))
                .map(orders -> orders.stream()
                        .map(order -> byOrder.get(order).transaction())
                        .toList())
                .call(transactions -> ledger.postAll(connection, transactions))
                .map(transactions -> new Posted(
                        transactions.size(),
                        sales.size() - transactions.size(),
                        transactions.stream().mapToInt(SaleLedger::size).sum()));
    }

    private static int size(LedgerTransaction transaction) {
        return transaction.postings().size();
    }

    /** The orders that had no sale before. */
    private static Uni<List<UUID>> describe(SqlConnection connection, List<Sale> sales) {
        return connection
                .preparedQuery(DESCRIBE)
                .execute(Columns.of(sales)
                        .uuids(sale -> sale.order().orderId())
                        .uuids(sale -> sale.order().offerId())
                        .uuids(sale -> sale.order().sessionId())
                        .texts(sale -> sale.order().kind().name())
                        .integers(sale -> sale.order().quantity())
                        .texts(sale -> sale.order().sellerId())
                        .texts(sale -> sale.order().creatorId())
                        .texts(sale -> sale.order().county())
                        .texts(sale -> name(sale.order().settlementProfile()))
                        .times(sale -> sale.order().at())
                        .currencies(sale -> sale.parts().gross())
                        .amounts(sale -> sale.parts().gross())
                        .amounts(sale -> sale.parts().fee())
                        .amounts(sale -> sale.parts().commission())
                        .amounts(sale -> sale.parts().sellerNet())
                        .amounts(sale -> sale.parts().waivedFee())
                        .integers(sale -> sale.terms().fee().rate().basisPoints())
                        .integers(sale -> sale.terms().fee().standard().basisPoints())
                        .integers(sale -> sale.order().commissionBasisPoints())
                        .texts(sale -> sale.terms().fee().programmeId())
                        .tuple())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("order_id"))
                        .toList());
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
