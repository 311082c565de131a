package io.livesale.payout.posting;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A consumer wrote what it was told and ended before it concluded anything. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class SweepingTest {
    @Inject
    OrderEvents orderEvents;

    @Inject
    MeterRegistry meters;

    private final String seller = "seller-" + UUID.randomUUID();

    @Test
    void concludesWhatAConsumerLeft() throws SQLException {
        PaidOrders order = PaidOrders.sale().seller(seller);
        orderEvents.consume(Events.batch(List.of(order.event()))).await().atMost(Duration.ofSeconds(30));

        write("""
                INSERT INTO order_standing (order_id, delivered_at, completed_at)
                VALUES ('%1$s', now(), now());
                INSERT INTO refund (order_id, refund_id, cause, amount, currency, refunded_at)
                VALUES ('%1$s', 'r1', '%1$s.r1', 1990, 'CNY', now())
                """.formatted(order.orderId()));

        await().untilAsserted(() -> assertEquals(2985, Database.balance("party:" + seller + ":pending", "CNY")));
        assertEquals(
                1,
                Database.number("SELECT count(*) FROM order_standing WHERE release_at IS NOT NULL AND order_id = '"
                        + order.orderId() + "'"));
    }

    @Test
    void tellsHowManyRefundsWaitForTheirSale() {
        PaidOrders unpaid = PaidOrders.sale().seller(seller);

        orderEvents
                .consume(Events.batch(List.of(unpaid.refunded("r1", 1990, Instant.parse("2026-11-25T09:00:00Z")))))
                .await()
                .atMost(Duration.ofSeconds(30));

        await().untilAsserted(() ->
                assertTrue(meters.get("payout.refunds.waiting").gauge().value() >= 1));
    }

    private static void write(String sql) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
