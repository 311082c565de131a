package io.livesale.order.payment;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.order.Money;
import io.livesale.order.Order;
import io.livesale.order.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a payment needs to know of an order. */
@Singleton
class PayableOrders {
    private static final String BY_ID = """
            SELECT order_id, offer_id, status, total_amount, total_currency
            FROM orders
            WHERE order_id = $1
            """;

    private final Pool pool;

    PayableOrders(Pool pool) {
        this.pool = pool;
    }

    /** Payable or not, as its status says; {@code total} is absent for one whose offer was unknown. */
    record Payable(
            UUID orderId,
            UUID offerId,
            Order.Status status,
            @Nullable Money total) {
        /** One payment per order, however often it is asked for: UUIDv5 (RFC 9562) of the order's id. */
        UUID paymentId() {
            return UuidCreator.getNameBasedSha1(orderId, "payment");
        }
    }

    Uni<Optional<Payable>> find(UUID orderId) {
        return pool.preparedQuery(BY_ID)
                .execute(Tuple.of(orderId))
                .map(rows -> Rows.first(rows, PayableOrders::payable));
    }

    Uni<Optional<Payable>> findOwned(UUID orderId, String buyerId) {
        return pool.preparedQuery(BY_ID + "AND buyer_id = $2")
                .execute(Tuple.of(orderId, buyerId))
                .map(rows -> Rows.first(rows, PayableOrders::payable));
    }

    private static Payable payable(Row row) {
        return new Payable(
                row.getUUID("order_id"),
                row.getUUID("offer_id"),
                Order.Status.valueOf(row.getString("status")),
                Money.ofColumns(row.getLong("total_amount"), row.getString("total_currency")));
    }
}
