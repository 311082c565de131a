package io.livesale.order;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.paid;
import static io.livesale.order.Market.tell;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Order.Status;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * In an upgrade the next version's columns come while this one still runs, with statements that it has prepared: a
 * statement whose result changes with them fails from then on, on every connection that has it.
 */
@OrderServiceTest
class SchemaGrowthTest {
    /** So often that each of the pool's connections is likely to have met each statement. */
    private static final int TIMES = 3;

    @Inject
    Market market;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @Test
    void goesOnWhenTheNextVersionAddsColumns() throws SQLException {
        OfferTerms jars = market.open(Terms.of(1000, 1000));
        for (int time = 0; time < TIMES; time++) {
            doEverything(jars);
        }
        List<String> tables = market.query("""
                SELECT relname
                FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')
                """);
        alter(tables, "ADD COLUMN later text");
        try {
            for (int time = 0; time < TIMES; time++) {
                doEverything(jars);
            }
        } finally {
            alter(tables, "DROP COLUMN later");
        }
    }

    private void doEverything(OfferTerms jars) {
        String cancelled = buy("lin", UUID.randomUUID().toString(), jars, 1).path("orderId");
        as("lin", "buyer").post("/orders/" + cancelled + "/cancellation").then().statusCode(202);
        awaitStatus(cancelled, Status.CANCELLED);
        String refunded = paid("lin", jars, 1);
        as("zhashui-coop", "seller")
                .body(Map.of("refundId", "all", "amount", jars.price(), "reason", "broken", "restock", true))
                .post("/orders/" + refunded + "/refunds")
                .then()
                .statusCode(202);
        awaitStatus(refunded, Status.REFUNDED);
        awaitRefund(refunded, "ACCEPTED");
        tell(UUID.randomUUID().toString(), "refund.succeeded", refunded, jars.price(), null)
                .then()
                .statusCode(202);
        awaitRefund(refunded, "SUCCEEDED");
        as("lin", "buyer").get("/orders").then().statusCode(200);
        as("zhashui-coop", "seller")
                .get("/orders?offerId=" + jars.offerId())
                .then()
                .statusCode(200);
    }

    private void awaitRefund(String orderId, String status) {
        await().untilAsserted(() -> assertEquals(
                List.of(status), market.query("SELECT status FROM refund WHERE order_id = '" + orderId + "'")));
    }

    private void alter(List<String> tables, String how) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, owner, owner);
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("ALTER TABLE " + table + " " + how);
            }
        }
    }
}
