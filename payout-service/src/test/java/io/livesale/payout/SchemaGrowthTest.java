package io.livesale.payout;

import static io.livesale.payout.Till.as;
import static io.livesale.payout.Till.operator;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * In an upgrade the next version's columns come while this one still runs, with statements that it has prepared: a
 * statement whose result changes with them fails from then on, on every connection that has it.
 */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class SchemaGrowthTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** So often that each of the pool's connections is likely to have met each statement. */
    private static final int TIMES = 3;

    @Inject
    Till till;

    @Test
    void goesOnWhenTheNextVersionAddsColumns() throws SQLException {
        for (int time = 0; time < TIMES; time++) {
            doEverything();
        }
        List<String> tables = Database.texts("""
                SELECT relname
                FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')
                """);
        alter(tables, "ADD COLUMN later TEXT");
        try {
            for (int time = 0; time < TIMES; time++) {
                doEverything();
            }
        } finally {
            alter(tables, "DROP COLUMN later");
        }
    }

    private void doEverything() {
        putProgramme();
        String seller = Till.newUser();
        PaidOrders sale = PaidOrders.sale().seller(seller);
        String order = sale.orderId().toString();
        OrderTopic.send(List.of(
                Events.of(order + ".2", "order.paid", sale.json()),
                Events.of(order + ".3", "order.refunded", """
                        {"orderId": "%s", "refundId": "r-1", "amount": {"amount": 1990, "currency": "CNY"}, "by": "staff",
                         "at": "2026-11-21T12:05:00Z"}
                        """.formatted(order)),
                Events.of(
                        order + ".4",
                        "order.completed",
                        "{\"orderId\": \"%s\", \"at\": \"2026-11-21T12:06:00Z\"}".formatted(order))));
        await().atMost(SOON)
                .untilAsserted(() -> as(seller, "seller")
                        .get("/earnings/me/entries")
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(1))
                        .body("items[0].refunded.amount", equalTo(1990)));
        String payoutId = till.sentPayout(4717);
        Till.tell("payout.paid", payoutId).then().statusCode(202);
        Till.awaitStatus(payoutId, "PAID");
        for (String list : List.of("/payouts", "/settlements", "/audit", "/fee-programmes")) {
            operator().get(list).then().statusCode(200);
        }
        for (String page : List.of("/earnings/me", "/payouts", "/payout-accounts/me")) {
            as(seller, "seller").get(page);
        }
    }

    private static void putProgramme() {
        operator()
                .body(Map.of(
                        "name",
                        "Later",
                        "counties",
                        List.of("611026"),
                        "feeBasisPoints",
                        100,
                        "from",
                        "2026-01-01T00:00:00Z"))
                .put("/fee-programmes/later-" + UUID.randomUUID())
                .then()
                .statusCode(200);
    }

    private static void alter(List<String> tables, String how) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("ALTER TABLE " + table + " " + how);
            }
        }
    }
}
