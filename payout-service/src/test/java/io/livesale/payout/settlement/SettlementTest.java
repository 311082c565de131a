package io.livesale.payout.settlement;

import static io.livesale.payout.Till.as;
import static io.livesale.payout.Till.operator;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class SettlementTest {
    @Inject
    Till till;

    @Inject
    SettlementSchedule schedule;

    private final String settlementId = "run-" + UUID.randomUUID();

    @Test
    void makesAPayoutOfAllThatIsAvailable() {
        String payee = till.payee(4717);

        Till.begin(settlementId)
                .statusCode(202)
                .header("Location", endsWith("/settlements/" + settlementId))
                .body("settlementId", equalTo(settlementId))
                .body("requestedBy", equalTo("ops"));
        Till.awaitDone(settlementId);

        assertEquals(0, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(4717, Till.balance(payee, Stage.IN_TRANSIT));
        operator()
                .get("/payouts?userId=" + payee)
                .then()
                .body("items", hasSize(1))
                .body("items[0].settlementId", equalTo(settlementId))
                .body("items[0].status", equalTo("PENDING"))
                .body("items[0].amount.amount", equalTo(4717))
                .body("items[0].amount.currency", equalTo("CNY"));
        ledgerIsTrue();
    }

    @Test
    void tellsWhatItCameTo() {
        till.settle(); // What other tests have left.
        till.payee(1000);
        till.earn(Till.newUser(), 1000, "CNY");
        till.earn(Till.newUser(), 1, "CNY");

        JsonPath run = figures(till.settle());

        assertEquals("DONE", run.getString("status"));
        assertEquals(1, run.getInt("payouts"));
        assertEquals(1000, run.getLong("totals.find { it.currency == 'CNY' }.amount"));
        assertEquals(true, run.getInt("skipped.accountMissing") >= 1);
        assertEquals(true, run.getInt("skipped.belowMinimum") >= 1);
        Instant finished = Instant.parse(run.getString("finishedAt"));
        assertEquals(false, finished.isBefore(Instant.parse(run.getString("startedAt"))));
    }

    @Test
    void isTheSameRunHoweverOftenItIsAskedFor() throws SQLException {
        String payee = till.payee(4717);
        Till.begin(settlementId).statusCode(202);
        Till.awaitDone(settlementId);
        till.earn(payee, 5000, "CNY");

        as("other-ops", "operator")
                .body(Map.of("settlementId", settlementId))
                .post("/settlements")
                .then()
                .statusCode(202)
                .body("status", equalTo("DONE"))
                .body("requestedBy", equalTo("ops"));

        assertEquals(1, Till.payouts(payee).size());
        assertEquals(5000, Till.balance(payee, Stage.AVAILABLE));
        assertEquals(1, audited(settlementId));
    }

    @Test
    void paysEachCurrencyByItself() {
        String payee = till.payee(4717);
        till.earn(payee, 3000, "USD");
        till.earn(payee, 999, "JPY");

        till.settle();

        operator()
                .get("/payouts?userId=" + payee)
                .then()
                .body("items.size()", equalTo(2))
                .body("items.find { it.amount.currency == 'USD' }.amount.amount", equalTo(3000));
    }

    @Test
    void netsWhatIsOwedAgainstLaterEarnings() {
        String payee = till.payee(-500);
        till.settle();
        assertEquals(List.of(), Till.payouts(payee));

        till.earn(payee, 1600, "CNY");
        till.settle();

        Till.payout(Till.payouts(payee).get(0)).body("amount.amount", equalTo(1100));
    }

    @Test
    void paysNobodyWithoutAVerifiedAccount() {
        String none = Till.newUser();
        till.earn(none, 5000, "CNY");
        String rejected = Till.newUser();
        till.earn(rejected, 5000, "CNY");
        Till.giveAccount(rejected, "6222000207").body("status", equalTo("REJECTED"));

        till.settle();

        assertEquals(List.of(), Till.payouts(none));
        assertEquals(List.of(), Till.payouts(rejected));
        assertEquals(5000, Till.balance(rejected, Stage.AVAILABLE));
    }

    @Test
    void paysNobodyToAnAccountThatIsBeingReplaced() {
        String payee = till.payee(5000);
        Till.giveAccount(payee, "6222000207").body("status", equalTo("REJECTED"));
        till.settle();
        assertEquals(List.of(), Till.payouts(payee));

        Till.giveAccount(payee, Till.newAccount()).body("status", equalTo("VERIFIED"));
        till.settle();

        assertEquals(1, Till.payouts(payee).size());
    }

    @Test
    void beginsOnceHoweverManyReplicasPlanIt() throws SQLException {
        String payee = till.payee(4717);
        Instant planned = Instant.parse("2026-11-29T20:00:00Z");

        schedule.begin(planned).await().atMost(Duration.ofSeconds(10));
        schedule.begin(planned).await().atMost(Duration.ofSeconds(10));
        Till.awaitDone("scheduled-20261129T200000Z");

        assertEquals(1, Till.payouts(payee).size());
        assertEquals(1, audited("scheduled-20261129T200000Z"));
        operator().get("/settlements/scheduled-20261129T200000Z").then().body("requestedBy", equalTo("payout-service"));
    }

    @Test
    void listsRunsNewestFirst() {
        String first = till.settle();
        String second = till.settle();

        String cursor = operator()
                .get("/settlements?limit=1")
                .then()
                .statusCode(200)
                .body("items.settlementId", equalTo(List.of(second)))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        operator()
                .get("/settlements?limit=1&cursor=" + cursor)
                .then()
                .body("items.settlementId", equalTo(List.of(first)));
        operator().get("/settlements?limit=200").then().body("items.settlementId", hasItem(first));
    }

    @Test
    void knowsNoOtherRun() {
        operator().get("/settlements/never").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void takesEveryIdItSaysItTakes() {
        String longest = ("A.z_9-" + UUID.randomUUID() + "-" + UUID.randomUUID()).substring(0, 64);

        Till.begin(longest).statusCode(202).body("settlementId", equalTo(longest));
        Till.awaitDone(longest);
        operator().get("/settlements/" + longest).then().body("totals", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"settlementId\": \"\"}",
                "{\"settlementId\": \"a b\"}",
                "{\"settlementId\": \"scheduled-20261129T200000Z\"}",
                "{\"settlementId\": \"Scheduled-x\"}",
                "{\"settlementId\": \"..\"}",
                "{\"settlementId\": \"a/b\"}",
                "{\"settlementId\": \"12345678901234567890123456789012345678901234567890123456789012345\"}",
                "{\"settlementId\": null}",
                "{\"settlementId\": 7}",
                "{}"
            })
    void refusesAnIdThatIsNone(String body) {
        operator()
                .body(body)
                .post("/settlements")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo("settlementId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "cursor=-", "cursor=2026-11-29T20:00:00Z", "cursor=yesterday/a"})
    void refusesALimitOrCursorThatIsNone(String query) {
        operator()
                .get("/settlements?" + query)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    @Test
    void isForOperatorsOnly() {
        given().contentType(ContentType.JSON)
                .body(Map.of("settlementId", settlementId))
                .post("/settlements")
                .then()
                .statusCode(401);
        for (String path : List.of("/settlements", "/settlements/" + settlementId)) {
            given().get(path).then().statusCode(401);
            as("coop", "seller", "creator", "buyer").get(path).then().statusCode(403);
        }
        as("coop", "seller", "creator", "buyer")
                .body(Map.of("settlementId", settlementId))
                .post("/settlements")
                .then()
                .statusCode(403);
        operator().get("/settlements/" + settlementId).then().statusCode(404);
    }

    private static JsonPath figures(String settlementId) {
        return operator()
                .get("/settlements/" + settlementId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static long audited(String subject) throws SQLException {
        return Database.number(
                "SELECT count(*) FROM audit_entry WHERE action = 'SETTLEMENT_STARTED' AND subject = '" + subject + "'");
    }

    private static void ledgerIsTrue() {
        operator()
                .get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }
}
