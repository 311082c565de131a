package io.livesale.catalog.verification;

import static io.livesale.catalog.Shop.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class VerificationQueueTest {
    /** In every name of this test and no other. */
    private final String mark = UUID.randomUUID().toString();

    @Test
    void showsThoseWhoWaitLongestFirst() {
        String first = introduced("Lin " + mark);
        String decided = introduced("Mei " + mark);
        String second = introduced("Bo " + mark);
        decide(decided);

        staff().get("/creators?verification=PENDING&q=" + mark)
                .then()
                .statusCode(200)
                .body("items.creatorId", contains(first, second));
        staff().get("/creators?verification=REJECTED&q=" + mark)
                .then()
                .body("items.creatorId", contains(decided))
                .body("items[0].verificationReason", equalTo("papers unreadable"));
        staff().get("/creators?q=" + mark).then().body("items.creatorId", contains(first, decided, second));
    }

    @Test
    void keepsThePlaceOfWhoChangesTheProfile() {
        String first = introduced("Lin " + mark);
        String second = introduced("Mei " + mark);

        introduce(first, "Lin Lin " + mark);

        staff().get("/creators?q=" + mark).then().body("items.creatorId", contains(first, second));
    }

    @Test
    void isReadPageByPage() {
        String first = introduced("Lin " + mark);
        String second = introduced("Mei " + mark);
        String third = introduced("Bo " + mark);

        String cursor = staff().get("/creators?limit=2&q=" + mark)
                .then()
                .body("items.creatorId", contains(first, second))
                .extract()
                .path("nextCursor");

        staff().get("/creators?limit=2&q=" + mark + "&cursor=" + cursor)
                .then()
                .body("items.creatorId", contains(third))
                .body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZHASHUI \u6797 50%!_\\ ", "zhaShui \u6797", "shui", "\u6797 50%!", "%!_\\ ", "\\ "})
    void findsAPartOfTheNameInCapitalsOrNot(String part) {
        String creator = introduced("Zhashui \u6797 50%!_\\ " + mark);

        find(part).body("items.creatorId", hasItem(creator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zha%shui", "Zhashu_", "50%%", "50%__", "50!%", "%!\\_"})
    void takesWildcardsForWhatTheyAre(String part) {
        String creator = introduced("Zhashui \u6797 50%!_\\ " + mark);

        find(part).body("items.creatorId", not(hasItem(creator)));
    }

    @Test
    void isForOperatorsOnly() {
        as("lin", "creator").get("/creators").then().statusCode(403);
        given().get("/creators").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verification=WAITING", "q=%00", "limit=201", "cursor=x", "cursor=-1", "cursor=0"})
    void refusesABadQuestion(String query) {
        staff().urlEncodingEnabled(false)
                .get("/creators?" + query)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    private static ValidatableResponse find(String part) {
        return staff().queryParam("q", part)
                .queryParam("limit", 200)
                .get("/creators")
                .then()
                .statusCode(200);
    }

    private static RequestSpecification staff() {
        return as("staff", "operator");
    }

    private static String introduced(String name) {
        String creator = new Shop().creator;
        introduce(creator, name);
        return creator;
    }

    private static void introduce(String creator, String name) {
        as(creator, "creator")
                .body(Map.of("displayName", name))
                .put("/creators/me")
                .then()
                .statusCode(200);
    }

    private static void decide(String creator) {
        staff().body(Map.of("status", "REJECTED", "reason", "papers unreadable"))
                .put("/creators/" + creator + "/verification")
                .then()
                .statusCode(200);
    }
}
