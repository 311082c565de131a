package io.livesale.e2e;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Somebody with a token, at the gateway. */
record Person(String origin, String id, String token) {
    static Person signIn(String origin, String id, String... roles) {
        String token = given().contentType(ContentType.JSON)
                .body(Map.of("subject", id, "roles", List.of(roles)))
                .post(origin + "/dev/tokens")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
        return new Person(origin, id, token);
    }

    private RequestSpecification request() {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    Response get(String path) {
        return request().get(origin + path);
    }

    Response put(String path, Object body) {
        return request().body(body).put(origin + path);
    }

    Response post(String path) {
        return request().post(origin + path);
    }

    Response post(String path, Object body) {
        return request().body(body).post(origin + path);
    }

    /** Sends a file, in UTF-8. */
    Response upload(String path, String csv) {
        EncoderConfig asItIs = encoderConfig().encodeContentTypeAs("text/csv", ContentType.BINARY);
        return given().config(config().encoderConfig(asItIs))
                .auth()
                .oauth2(token)
                .contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post(origin + path);
    }

    /** Presses buy and waits for the outcome. */
    Response buy(String offerId, int quantity, String key) {
        return pressing(offerId, quantity, key).post(origin + "/orders");
    }

    /** All but the press. */
    RequestSpecification pressing(String offerId, int quantity, String key) {
        return request()
                .header("Idempotency-Key", key)
                .header("Prefer", "wait=10")
                .body(Map.of("offerId", offerId, "quantity", quantity));
    }

    /** Opens the payment and presses the sandbox's button. */
    void pay(String orderId) {
        String page = post("/orders/" + orderId + "/payment")
                .then()
                .statusCode(201)
                .extract()
                .path("redirectUrl");
        given().get(page).then().statusCode(200);
        given().accept(ContentType.JSON).post(page + "/pay").then().statusCode(200);
    }
}
