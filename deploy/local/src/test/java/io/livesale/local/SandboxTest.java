package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final Shop SHOP = new Shop();

    @RegisterExtension
    static final LocalGateway GATEWAY = new LocalGateway(SHOP);

    private final String paymentId = UUID.randomUUID().toString();

    @BeforeEach
    void forgetDeliveries() {
        SHOP.forget();
    }

    @Test
    void reportsAPaymentByASignedWebhookThenReturnsThePayer() {
        create(body("/orders/1")).statusCode(201);

        given().baseUri(GATEWAY.origin)
                .redirects()
                .follow(false)
                .when()
                .post(page() + "/pay")
                .then()
                .statusCode(303)
                .header("Location", "/orders/1");

        JsonObject event = SHOP.deliveries().get(0).verified();
        assertEquals("payment.captured", event.getString("type"));
        assertEquals("order-1", event.getString("orderId"));
        assertEquals(paymentId, event.getString("paymentId"));
        assertEquals(1990, event.getJsonObject("amount").getInteger("amount"));
    }

    @Test
    void reportsADeclinedPayment() {
        create(body(null)).statusCode(201);

        choose("decline").statusCode(200).body("status", equalTo("DECLINED"));

        assertEquals("payment.failed", SHOP.deliveries().get(0).verified().getString("type"));
    }

    @Test
    void repeatsTheWebhookUnderTheSameIdUntilItIsTaken() {
        create(body(null)).statusCode(201);
        SHOP.failFirst(2);

        choose("pay").statusCode(200).body("status", equalTo("CAPTURED"));

        assertEquals(3, SHOP.deliveries().size());
        assertEquals(
                1, SHOP.deliveries().stream().map(Shop.Delivery::id).distinct().count());
    }

    @Test
    void staysPayableAfterADecline() {
        create(body(null)).statusCode(201);
        choose("decline").statusCode(200);
        choose("decline").statusCode(200);

        given().baseUri(GATEWAY.origin)
                .when()
                .get(page())
                .then()
                .body(containsString("Declined"))
                .body(containsString("/pay\""))
                .body(containsString("/decline\""));
        choose("pay").statusCode(200).body("status", equalTo("CAPTURED"));

        assertEquals(
                List.of("payment.failed.1", "payment.failed.2", "payment.captured"),
                SHOP.deliveries().stream()
                        .map(Shop.Delivery::id)
                        .map(id -> id.substring(("msg_" + paymentId + ".").length()))
                        .toList());
    }

    @Test
    void letsACapturedPaymentStand() {
        create(body(null)).statusCode(201);
        choose("pay").statusCode(200);

        choose("decline").statusCode(409).body("code", equalTo("PAYMENT_DECIDED"));
        choose("pay").statusCode(200).body("status", equalTo("CAPTURED"));
    }

    @Test
    void answersARepeatWithTheSamePage() {
        create(body(null)).statusCode(201).body("redirectUrl", equalTo(GATEWAY.origin + page()));

        create(body(null)).statusCode(200).body("redirectUrl", equalTo(GATEWAY.origin + page()));
        create(body(null).put("orderId", "other")).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void returnsThePayerWhereTheNewestRequestSays() {
        create(body("/orders/1")).statusCode(201);
        create(body(null)).statusCode(200);
        create(body("/orders/1?receipt")).statusCode(200);

        given().baseUri(GATEWAY.origin)
                .redirects()
                .follow(false)
                .when()
                .post(page() + "/pay")
                .then()
                .statusCode(303)
                .header("Location", "/orders/1?receipt");
    }

    @Test
    void showsAPageWithoutScripts() {
        create(body(null).put("orderId", "<script>alert(1)</script>")).statusCode(201);

        given().baseUri(GATEWAY.origin)
                .when()
                .get(page())
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("CNY 19.90"))
                .body(containsString("&lt;script&gt;"))
                .body(not(containsString("<script")));
    }

    @Test
    void knowsNoOtherPayment() {
        given().baseUri(GATEWAY.origin)
                .when()
                .get(page())
                .then()
                .statusCode(404)
                .contentType("text/html");
        choose("pay").statusCode(404).body("code", equalTo("PAYMENT_UNKNOWN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//evil.example", "/\\evil.example", "http:x", "orders/1", "%"})
    void sendsThePayerNowhereStrange(String returnUrl) {
        create(body(returnUrl)).statusCode(400);
    }

    @Test
    void refusesAnAmountOfNothing() {
        create(body(null).put("amount", JsonObject.of("amount", 0, "currency", "CNY")))
                .statusCode(400);
    }

    private JsonObject body(String returnUrl) {
        JsonObject body = JsonObject.of(
                "paymentId",
                paymentId,
                "orderId",
                "order-1",
                "amount",
                JsonObject.of("amount", 1990, "currency", "CNY"));
        return returnUrl == null ? body : body.put("returnUrl", returnUrl);
    }

    private ValidatableResponse create(JsonObject body) {
        return given().baseUri(GATEWAY.origin)
                .header("Idempotency-Key", paymentId)
                .contentType("application/json")
                .body(body.encode())
                .when()
                .post(Sandbox.PATH + "/payments")
                .then();
    }

    private ValidatableResponse choose(String action) {
        return given().baseUri(GATEWAY.origin)
                .accept("application/json")
                .when()
                .post(page() + "/" + action)
                .then();
    }

    private String page() {
        return Sandbox.PATH + "/payments/" + paymentId;
    }
}
