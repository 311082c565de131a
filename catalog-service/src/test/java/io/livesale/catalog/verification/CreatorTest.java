package io.livesale.catalog.verification;

import static io.livesale.catalog.Shop.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CreatorTest {
    @Test
    void startsPendingAndIsVerifiedByAnOperator() {
        Shop shop = new Shop();

        shop.asCreator()
                .body(Map.of("displayName", "Lin", "homeCounty", Shop.COUNTY))
                .put("/creators/me")
                .then()
                .statusCode(200)
                .body("creatorId", equalTo(shop.creator))
                .body("homeCounty", equalTo(Shop.COUNTY))
                .body("verification", equalTo("PENDING"));
        shop.decide("VERIFIED");

        given().get("/creators/" + shop.creator)
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Lin"))
                .body("verification", equalTo("VERIFIED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a%2Fb", "a;b", "a\\b", ".."})
    void takesNobodyWhomNoAddressCanName(String userId) {
        as(userId, "creator")
                .body(Map.of("displayName", "Lin"))
                .put("/creators/me")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void keepsTheDecisionWhenTheProfileChanges() {
        Shop shop = Shop.verified();

        shop.asCreator()
                .body(Map.of("displayName", "Lin Mei"))
                .put("/creators/me")
                .then()
                .body("verification", equalTo("VERIFIED"))
                .body("displayName", equalTo("Lin Mei"));
    }

    @Test
    void tellsTheReasonToTheCreatorOnly() {
        Shop shop = Shop.verified();
        shop.decide("REJECTED");

        given().get("/creators/" + shop.creator)
                .then()
                .body("verification", equalTo("REJECTED"))
                .body("verificationReason", nullValue());
        shop.asCreator()
                .body(Map.of("displayName", "Lin"))
                .put("/creators/me")
                .then()
                .body("verificationReason", equalTo("seen the papers"));
    }

    @Test
    void answers404ForAnUnknownCreator() {
        given().get("/creators/nobody").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        as("staff", "operator")
                .body(Map.of("status", "VERIFIED", "reason", "x"))
                .put("/creators/nobody/verification")
                .then()
                .statusCode(404);
    }

    @Test
    void refusesAnUnknownHomeCounty() {
        new Shop()
                .asCreator()
                .body(Map.of("displayName", "Lin", "homeCounty", "nowhere"))
                .put("/creators/me")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("homeCounty"));
    }

    @Test
    void refusesADecisionBackToPendingOrWithoutReason() {
        Shop shop = Shop.verified();
        for (String body : List.of(
                "{\"status\":\"PENDING\",\"reason\":\"x\"}", "{\"status\":\"VERIFIED\"}", "{\"reason\":\"x\"}")) {
            as("staff", "operator")
                    .body(body)
                    .put("/creators/" + shop.creator + "/verification")
                    .then()
                    .statusCode(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "Lin \\ude00", "\\ude00\\ud83d", "Lin\\u0000"})
    void refusesANameThatCannotBeStoredAsItIs(String name) {
        new Shop()
                .asCreator()
                .body("{\"displayName\": \"" + name + "\"}")
                .put("/creators/me")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("displayName"));
    }

    @Test
    void takesACharacterBeyondTheBasicPlane() {
        new Shop()
                .asCreator()
                .body("{\"displayName\": \"\\u6797 \\ud83d\\ude00\"}")
                .put("/creators/me")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("\u6797 \ud83d\ude00"));
    }

    @Test
    void survivesTwoFirstCallsAtOnce() throws Exception {
        Shop shop = new Shop();
        Callable<Integer> introduce = () -> shop.asCreator()
                .body(Map.of("displayName", "Lin"))
                .put("/creators/me")
                .statusCode();

        List<Integer> statuses = Race.run(Collections.nCopies(4, introduce));

        assertEquals(List.of(200, 200, 200, 200), statuses);
    }
}
