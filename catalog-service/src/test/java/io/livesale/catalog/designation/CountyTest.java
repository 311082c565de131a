package io.livesale.catalog.designation;

import static io.livesale.catalog.Shop.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CountyTest {
    @Test
    void putsAndChangesACounty() {
        put("A-1", "Old").then().statusCode(200);

        put("A-1", "New").then().statusCode(200).body("code", equalTo("A-1")).body("name", equalTo("New"));

        given().get("/counties")
                .then()
                .statusCode(200)
                .body("items.find { it.code == 'A-1' }.name", equalTo("New"))
                .body("items.code", hasItem("A-1"));
    }

    @Test
    void tellsOfOneCountyWhatBrowsersMayKeepForAWhile() {
        put("A-4", "Four").then().statusCode(200);

        given().get("/counties/A-4")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("max-age=300"))
                .body("name", equalTo("Four"));
        given().get("/counties/A-5").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().urlEncodingEnabled(false).get("/counties/A%205").then().statusCode(400);
    }

    @Test
    void listsPageByPage() {
        put("A-1.z", "One").then().statusCode(200);
        put("A-2", "Two").then().statusCode(200);
        put("A-3", "Three").then().statusCode(200);

        String cursor = given().get("/counties?limit=1&cursor=A-1.z")
                .then()
                .body("items", hasSize(1))
                .body("items[0].code", equalTo("A-2"))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");

        given().get("/counties?limit=1&cursor=" + cursor).then().body("items[0].code", equalTo("A-3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "cursor=%00", "cursor=a%20b", "cursor=zzz"})
    void refusesABadPage(String query) {
        given().urlEncodingEnabled(false)
                .get("/counties?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1", "limit=200"})
    void takesAPageAtItsLimits(String query) {
        given().get("/counties?" + query).then().statusCode(200);
    }

    @Test
    void refusesABadCode() {
        put("no%20spaces", "X").then().statusCode(400).body("violations[0].field", equalTo("code"));
    }

    @Test
    void refusesMissingAndUnknownFields() {
        as("staff", "operator")
                .body("{}")
                .put("/counties/A-4")
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(java.util.List.of("designated", "name", "province")));
        as("staff", "operator")
                .body("{\"name\":\"x\",\"province\":\"y\",\"designated\":true,\"colour\":\"red\"}")
                .put("/counties/A-4")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("colour"));
    }

    private static io.restassured.response.Response put(String code, String name) {
        return as("staff", "operator")
                .urlEncodingEnabled(false)
                .body(Map.of("name", name, "province", "Shaanxi", "designated", false))
                .put("/counties/" + code);
    }
}
