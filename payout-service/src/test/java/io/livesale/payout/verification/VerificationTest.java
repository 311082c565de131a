package io.livesale.payout.verification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class VerificationTest {
    private final String seller = "seller-" + UUID.randomUUID();

    @Test
    void findsNothingWrongWithWhatTheServicePosted() {
        post();

        verify().statusCode(200)
                .body("transactions", greaterThanOrEqualTo(1))
                .body("postings", greaterThanOrEqualTo(4))
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }

    @Test
    void findsABalanceThatIsNotTheSumOfItsPostings() throws SQLException {
        post();

        change("balance + 1");
        try {
            verify().body("unbalanced", equalTo(0)).body("driftedBalances", equalTo(1));
        } finally {
            change("balance - 1");
        }
    }

    @Test
    void findsATransactionThatDoesNotSumToZero() throws SQLException {
        post();

        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("ALTER TABLE posting DISABLE TRIGGER posting_sums_to_zero");
            try {
                statement.execute("UPDATE posting SET amount = amount + 1 WHERE account = '" + account() + "'");
                verify().body("unbalanced", equalTo(1)).body("driftedBalances", equalTo(1));
            } finally {
                statement.execute("UPDATE posting SET amount = amount - 1 WHERE account = '" + account() + "'");
                statement.execute("ALTER TABLE posting ENABLE TRIGGER posting_sums_to_zero");
            }
        }
    }

    @Test
    void tellsWhatItFindsAsGauges() throws SQLException {
        post();

        change("balance + 1");
        try {
            awaitGauge("payout_ledger_drifted", 1);
        } finally {
            change("balance - 1");
        }
        awaitGauge("payout_ledger_drifted", 0);
        awaitGauge("payout_ledger_unbalanced", 0);
        given().get("/q/metrics")
                .then()
                .body(containsString("payout_ledger_wrong_sales"))
                .body(containsString("payout_ledger_wrong_refunds"))
                .body(containsString("payout_ledger_wrong_payouts"))
                .body(containsString("payout_ledger_overpaid"))
                .body(containsString("payout_ledger_verification_age_seconds"));
    }

    @Test
    void isForOperatorsOnly() {
        given().get("/ledger/verification").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of(seller, "seller", "creator", "buyer"))
                .get("/ledger/verification")
                .then()
                .statusCode(403);
    }

    @Test
    void tellsItsHealthAndItsContract() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("payout_order_events_total"))
                .body(containsString("payout_ledger_postings_total"))
                .body(containsString("records_lag"));
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths", hasKey("/earnings/me/entries"))
                .body(
                        "components.schemas.Earnings.properties.currency.'$ref'",
                        equalTo("#/components/schemas/Currency"))
                .body("components.schemas.Currency.type", equalTo("string"))
                .body("components.schemas.FeeProgrammeTerms.properties.size()", equalTo(5));
    }

    @Test
    void answersAnUnknownPathAsAProblem() {
        given().get("/no/such/thing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
    }

    private void post() {
        OrderTopic.send(List.of(PaidOrders.sale().seller(seller).event()));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(4478, Database.balance(account(), "CNY")));
    }

    private String account() {
        return "party:" + seller + ":pending";
    }

    private void change(String balance) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE account_balance SET balance = " + balance + " WHERE account = '" + account() + "'");
        }
    }

    private static void awaitGauge(String name, int value) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> given().get("/q/metrics").asString(), containsString("\n" + name + " " + value + ".0"));
    }

    private static ValidatableResponse verify() {
        return given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/ledger/verification")
                .then();
    }
}
