package io.livesale.catalog.verification;

import static io.livesale.catalog.Shop.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.agroal.api.AgroalDataSource;
import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class VerificationHistoryTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @Inject
    AgroalDataSource database;

    private Shop shop;

    @BeforeEach
    void introduceACreator() {
        shop = new Shop();
        shop.introduce();
    }

    @Test
    void keepsEveryDecisionNewestFirst() {
        decide("ann", "REJECTED", "papers unreadable");
        decide("bob", "VERIFIED", "seen the papers");

        history()
                .then()
                .statusCode(200)
                .body("items.status", contains("VERIFIED", "REJECTED"))
                .body("items.reason", contains("seen the papers", "papers unreadable"))
                .body("items.decidedBy", contains("bob", "ann"))
                .body("items[0].at", notNullValue());
    }

    @Test
    void addsNothingWhenAnOperatorSaysTheSameAgain() {
        decide("ann", "VERIFIED", "seen");
        String at = history().path("items[0].at");

        decide("ann", "VERIFIED", "seen");

        history().then().body("items.at", contains(at));
    }

    @Test
    void addsWhatDiffersFromTheLastInAnything() {
        decide("ann", "VERIFIED", "seen");
        decide("bob", "VERIFIED", "seen");
        decide("bob", "VERIFIED", "seen again");
        decide("bob", "REJECTED", "seen again");
        decide("ann", "VERIFIED", "seen");

        history().then().body("items.decidedBy", contains("ann", "bob", "bob", "bob", "ann"));
    }

    @Test
    void keepsOneOfSeveralEqualDecisionsAtOnce() throws Exception {
        Callable<Integer> decide = () -> deciding("ann", "VERIFIED", "seen").statusCode();

        List<Integer> statuses = Race.run(Collections.nCopies(4, decide));

        assertEquals(List.of(200, 200, 200, 200), statuses);
        history().then().body("items", hasSize(1));
    }

    @Test
    void isReadPageByPage() {
        decide("ann", "VERIFIED", "first");
        decide("ann", "VERIFIED", "second");
        decide("ann", "VERIFIED", "third");

        String cursor = as("staff", "operator")
                .get(historyPath() + "?limit=2")
                .then()
                .body("items.reason", contains("third", "second"))
                .extract()
                .path("nextCursor");

        as("staff", "operator")
                .get(historyPath() + "?limit=2&cursor=" + cursor)
                .then()
                .body("items.reason", contains("first"))
                .body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=x", "cursor=1.5", "limit=0"})
    void refusesABadPage(String query) {
        as("staff", "operator")
                .get(historyPath() + "?" + query)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    @Test
    void isForTheCreatorAndForOperatorsOnly() {
        decide("ann", "REJECTED", "papers unreadable");

        shop.asCreator().get(historyPath()).then().statusCode(200).body("items", hasSize(1));
        new Shop().asCreator().get(historyPath()).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        shop.asSeller().get(historyPath()).then().statusCode(403);
        given().get(historyPath()).then().statusCode(401);
        as("staff", "operator").get("/creators/nobody/verifications").then().statusCode(404);
    }

    @Test
    void isInTheCreatorsOwnProfile() {
        shop.asCreator()
                .get("/creators/me")
                .then()
                .statusCode(200)
                .body("creatorId", equalTo(shop.creator))
                .body("displayName", equalTo("Lin"))
                .body("verification", equalTo("PENDING"))
                .body("history", hasSize(0));
        decide("ann", "REJECTED", "papers unreadable");

        shop.asCreator()
                .get("/creators/me")
                .then()
                .body("verification", equalTo("REJECTED"))
                .body("verificationReason", equalTo("papers unreadable"))
                .body("history.reason", contains("papers unreadable"));
        given().get("/creators/" + shop.creator)
                .then()
                .body("containsKey('history')", equalTo(false))
                .body("containsKey('verificationReason')", equalTo(false));
    }

    @Test
    void isNotThereBeforeTheCreatorIs() {
        new Shop().asCreator().get("/creators/me").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().get("/creators/me").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE verification_decision SET reason = ''", "DELETE FROM verification_decision"})
    void cannotBeChangedByTheService(String change) throws SQLException {
        try (Connection service = database.getConnection();
                Statement statement = service.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(change));

            assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState());
        }
    }

    private void decide(String operator, String status, String reason) {
        deciding(operator, status, reason).then().statusCode(200).body("verification", equalTo(status));
    }

    private Response deciding(String operator, String status, String reason) {
        return as(operator, "operator")
                .body(Map.of("status", status, "reason", reason))
                .put("/creators/" + shop.creator + "/verification");
    }

    private Response history() {
        return as("staff", "operator").get(historyPath());
    }

    private String historyPath() {
        return "/creators/" + shop.creator + "/verifications";
    }
}
