package io.livesale.catalog.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any resource is asked, and by what no resource is. */
@QuarkusTest
class RefusalsTest {
    private static final String ID = "01938f4e-7c1a-7b7e-9c55-3f0c9a6c1d01";

    @Test
    void takesATargetAtItsLimit() {
        String target = "/counties?x=";

        given().urlEncodingEnabled(false)
                .get(target + "x".repeat(4096 - target.length()))
                .then()
                .statusCode(200);
        problem(
                given().urlEncodingEnabled(false)
                        .get(target + "x".repeat(4097 - target.length()))
                        .then(),
                414,
                "URI_TOO_LONG");
    }

    @Test
    void takesHeadersUpToALimit() {
        given().header("X", "x".repeat(15 * 1024)).get("/counties").then().statusCode(200);
        problem(given().header("X", "x".repeat(16 * 1024)).get("/counties").then(), 431, "HEADERS_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/counties;x", "/counties%2F1", "/counties?cursor=%ff", "/counties%3Bx"})
    void refusesWhatIsNotPlain(String target) {
        problem(given().urlEncodingEnabled(false).get(target).then(), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /counties            | GET, HEAD, OPTIONS",
                "PATCH  | /counties/1          | GET, HEAD, OPTIONS, PUT",
                "DELETE | /offers/" + ID + "/open | OPTIONS, POST",
                "PUT    | /products            | GET, HEAD, OPTIONS, POST",
                "TRACE  | /products/export     | GET, HEAD, OPTIONS, PUT"
            })
    void saysWhichMethodsAPathTakes(String method, String path, String allowed) {
        problem(given().request(method, path).then(), 405, "METHOD_NOT_ALLOWED").header("Allow", allowed);
        given().request("OPTIONS", path).then().statusCode(204).header("Allow", allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "POST"})
    void saysThatNothingIsThere(String method) {
        problem(given().request(method, "/nowhere").then(), 404, "NOT_FOUND");
        problem(given().request(method, "/counties/1/2").then(), 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=0",
                "*/*;q=0.000",
                "application/json;Q=0",
                "text/html",
                "application/json;q=0, */*",
                "*/*;q=0, text/*"
            })
    void answersNothingThatIsNotAccepted(String accept) {
        problem(given().header("Accept", accept).get("/counties").then(), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*;q=0, application/json",
                "application/json;q=0.001",
                "text/html;q=0, */*",
                "application/json, a;q=0, ;q=0,",
                "",
                ",",
                "a/b/c"
            })
    void answersWhatIsAccepted(String accept) {
        given().header("Accept", accept).get("/counties").then().statusCode(200);
    }

    @Test
    void tellsWhatARefusalLooksLike() {
        given().get("/q/openapi?format=json")
                .then()
                .body(
                        "components.schemas.Problem.required",
                        equalTo(List.of("type", "title", "status", "detail", "code")))
                .body("paths.'/counties'.get.responses", hasKey("414"))
                .body(
                        "components.responses.Problem404.content.'application/problem+json'.schema.'$ref'",
                        equalTo("#/components/schemas/Problem"));
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", startsWith("/problems/"));
    }
}
