package io.livesale.catalog.web;

import static io.livesale.catalog.Shop.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityTest {
    private static final String ID = "01938f4e-7c1a-7b7e-9c55-3f0c9a6c1d01";

    @ParameterizedTest
    @CsvSource({
        "PUT,/counties/1,creator",
        "PUT,/creators/me,seller",
        "GET,/creators/me,seller",
        "GET,/creators,creator",
        "GET,/creators/x/verifications,buyer",
        "PUT,/creators/x/verification,creator",
        "POST,/products,creator",
        "PUT,/products/" + ID + ",creator",
        "GET,/products/export,creator",
        "POST,/products/" + ID + "/stock-adjustments,operator",
        "POST,/sessions,seller",
        "POST,/sessions/" + ID + "/start,buyer",
        "POST,/sessions/" + ID + "/end,operator",
        "PUT,/sessions/" + ID + "/pin,seller",
        "POST,/sessions/" + ID + "/offers,seller",
        "GET,/sessions/" + ID + "/figures,seller",
        "GET,/stock/reconciliation,seller",
        "POST,/offers/" + ID + "/open,operator",
        "POST,/offers/" + ID + "/close,buyer"
    })
    void asksForATokenAndForTheRightRole(String method, String path, String wrongRole) {
        given().contentType("application/json")
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("UNAUTHENTICATED"));
        as("somebody", wrongRole)
                .body("{}")
                .request(method, path)
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/products;x",
                "/products%3Bx",
                "//products",
                "/products/",
                "/%70roducts",
                "/products%2F" + ID + "%2Fstock-adjustments",
                "/products/" + ID + "/stock-adjustments;x"
            })
    void isNotFooledByOddPaths(String path) {
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body("{}")
                .post(path)
                .then()
                .statusCode(anyOf(is(400), is(401), is(404), is(405)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c"})
    void refusesABadToken(String token) {
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{}")
                .post("/products")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/creators/%00", "/products?sellerId=%00", "/sessions?cursor=%00", "/creators/x%2F..%2Fy"})
    void answersOddCharactersWithoutAFault(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(anyOf(is(400), is(404)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/counties", "/products", "/sessions", "/offers", "/q/openapi", "/q/health/ready", "/q/metrics"})
    void leavesReadingToEveryone(String path) {
        given().get(path).then().statusCode(200);
    }
}
