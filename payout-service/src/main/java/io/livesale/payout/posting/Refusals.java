package io.livesale.payout.posting;

import io.livesale.payout.Columns;
import io.livesale.payout.OrderEvent.Refunded;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.posting.Reading.Unreadable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the refunds of a batch that are refused, to be set aside. It asks the table, so that a restart between their
 * refusal and their dead letter loses none.
 */
@ApplicationScoped
class Refusals {
    private static final String REFUSED = """
            SELECT order_id, refund_id, refused
            FROM refund
            WHERE order_id = ANY ($1) AND refused IS NOT NULL
            """;

    private final Pool pool;

    Refusals(Pool pool) {
        this.pool = pool;
    }

    private record Key(UUID orderId, String refundId) {
        static Key of(Told refund) {
            return new Key(refund.event().orderId(), ((Refunded) refund.event()).refundId());
        }
    }

    Uni<List<Unreadable>> among(List<Told> told) {
        List<Told> refunds =
                told.stream().filter(one -> one.event() instanceof Refunded).toList();
        if (refunds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return pool.preparedQuery(REFUSED)
                .execute(Columns.of(refunds).uuids(one -> one.event().orderId()).tuple())
                .map(Refusals::reasons)
                .map(reasons -> refunds.stream()
                        .filter(refund -> reasons.containsKey(Key.of(refund)))
                        .map(refund -> refund.refused(reasons.get(Key.of(refund))))
                        .toList());
    }

    private static Map<Key, String> reasons(RowSet<Row> rows) {
        Map<Key, String> reasons = new HashMap<>();
        rows.forEach(row ->
                reasons.put(new Key(row.getUUID("order_id"), row.getString("refund_id")), row.getString("refused")));
        return reasons;
    }
}
