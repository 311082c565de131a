package io.livesale.payout.audit;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class AuditTest {
    private static final Instant LATER = Instant.parse("2026-11-25T09:00:00Z");

    private final String operator = "ops-" + UUID.randomUUID();
    private final String programme = "programme-" + UUID.randomUUID();

    @Test
    void remembersWhoSetAFeeProgrammeToWhat() {
        set(100);

        audit("?subject=" + programme)
                .body("items", hasSize(1))
                .body("items[0].entryId", notNullValue())
                .body("items[0].at", notNullValue())
                .body("items[0].actor", equalTo(operator))
                .body("items[0].action", equalTo("FEE_PROGRAMME_SET"))
                .body("items[0].subject", equalTo(programme))
                .body(
                        "items[0].detail",
                        allOf(
                                containsString("feeBasisPoints=100"),
                                containsString("counties=510100,611026"),
                                containsString("from=2026-11-01T00:00:00Z"),
                                containsString("name=Zhashui")));
    }

    @Test
    void aRepeatThatChangesNothingLeavesNoEntry() {
        set(100);
        set(100);
        set(200);

        audit("?actor=" + operator).body("items", hasSize(2));
    }

    @Test
    void remembersEachRefundOnceHoweverOftenItIsTold() {
        PaidOrders order = PaidOrders.sale();
        ConsumerRecord<byte[], byte[]> refund = order.refunded("r1", 1990, LATER);

        OrderTopic.send(List.of(refund, order.event(), refund));
        OrderTopic.send(List.of(refund, order.refunded("r2", 10, LATER)));

        soon(() -> audit("?subject=" + order.orderId())
                .body("items", hasSize(2))
                .body("items[0].detail", equalTo("r2: 10 CNY"))
                .body("items[1].detail", equalTo("r1: 1990 CNY"))
                .body("items[1].action", equalTo("ORDER_REFUNDED"))
                .body("items[1].actor", equalTo("order-service")));
    }

    @Test
    void namesWhoeverAskedForARefundWhereTheEventTells() {
        PaidOrders order = PaidOrders.sale();
        String told =
                order.refundedJson("r1", 1990, LATER).replace("\"reason\"", "\"by\": \"" + operator + "\", \"reason\"");

        OrderTopic.send(List.of(Events.of(order.orderId() + ".9", "order.refunded", told)));

        soon(() -> audit("?actor=" + operator)
                .body("items[0].subject", equalTo(order.orderId().toString())));
    }

    @Test
    void narrowsDownAndPagesNewestFirst() {
        for (int basisPoints = 1; basisPoints <= 3; basisPoints++) {
            set(basisPoints);
        }

        String mine = "?actor=" + operator + "&action=FEE_PROGRAMME_SET&subject=" + programme + "&limit=2";
        String cursor = audit(mine)
                .body("items.size()", equalTo(2))
                .body("items[0].detail", containsString("feeBasisPoints=3 "))
                .extract()
                .path("nextCursor");
        audit(mine + "&cursor=" + cursor)
                .body("items.size()", equalTo(1))
                .body("items[0].detail", containsString("feeBasisPoints=1 "))
                .body("nextCursor", nullValue());
        audit("?actor=" + operator + "&action=PAYOUT_HELD").body("items", hasSize(0));
        audit("?actor=" + operator + "&action=&subject=").body("items", hasSize(3));
    }

    @ParameterizedTest
    @CsvSource({
        "action=HUMMED, action",
        "actor=%00, actor",
        "limit=0, limit",
        "cursor=x, cursor",
        "cursor=0, cursor",
        "cursor=-1, cursor"
    })
    void refusesWhatCannotBeLookedFor(String query, String field) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(Tokens.of(operator, "operator"))
                .get("/audit?" + query)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void isForOperatorsOnly() {
        given().get("/audit").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of("coop", "seller", "creator", "buyer"))
                .get("/audit")
                .then()
                .statusCode(403);
    }

    /** Whatever the code above it does. */
    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"})
    void theServiceCannotRewriteIt(String sql) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));

            assertEquals("42501", refusal.getSQLState());
        }
    }

    private void set(int feeBasisPoints) {
        given().auth()
                .oauth2(Tokens.of(operator, "operator"))
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "Zhashui", "counties": ["611026", "510100"], "feeBasisPoints": %d,
                         "from": "2026-11-01T00:00:00Z"}
                        """.formatted(feeBasisPoints))
                .put("/fee-programmes/" + programme)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse audit(String query) {
        return given().auth()
                .oauth2(Tokens.of(operator, "operator"))
                .get("/audit" + query)
                .then()
                .statusCode(200);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }
}
