package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxRefundsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Warns when a shop takes no webhook, which is what these tests make of it. */
    private static final Logger TALKATIVE = Logger.getLogger(SandboxRefunds.class.getName());

    private final Shop shop = new Shop();
    private final LocalGateway gateway = new LocalGateway(shop);
    private final String paymentId = UUID.randomUUID().toString();
    private final String refundId = UUID.randomUUID().toString();

    @BeforeAll
    static void keepTheBuildQuiet() {
        TALKATIVE.setLevel(Level.OFF);
    }

    @BeforeEach
    void startGateway() {
        gateway.start();
    }

    @AfterEach
    void stopGateway() {
        gateway.stop();
    }

    @Test
    void reportsARefundByASignedWebhook() {
        refund(refundId, 500)
                .statusCode(201)
                .body("refundId", equalTo(refundId))
                .body("status", equalTo("SUCCEEDED"));

        JsonObject event = delivered(1).verified();
        assertEquals("refund.succeeded", event.getString("type"));
        assertEquals("order-1", event.getString("orderId"));
        assertEquals(paymentId, event.getString("paymentId"));
        assertEquals(refundId, event.getString("refundId"));
        assertEquals(JsonObject.of("amount", 500, "currency", "CNY"), event.getJsonObject("amount"));
        assertEquals("msg_" + refundId + ".refund.succeeded", delivered(1).id());
    }

    @Test
    void refundsOnceHoweverOftenItIsAsked() {
        pay(1990);
        refund(refundId, 1990).statusCode(201);

        refund(refundId, 1990).statusCode(200).body("status", equalTo("SUCCEEDED"));

        paymentJson().body("refunds", hasSize(1));
    }

    @Test
    void refusesAnotherRefundUnderTheSameId() {
        refund(refundId, 500).statusCode(201);

        refund(refundId, 501).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void repeatsTheWebhookUnderTheSameIdUntilItIsTaken() {
        shop.failFirst(2);

        refund(refundId, 500).statusCode(201);

        assertEquals(delivered(1).id(), delivered(3).id());
    }

    @Test
    void reportsAgainWhenAskedAgainAfterTheShopTookNoWebhook() {
        shop.failFirst(7);
        refund(refundId, 500).statusCode(201);
        delivered(7);

        await().atMost(SOON).untilAsserted(() -> {
            refund(refundId, 500).statusCode(200);
            assertEquals(8, shop.deliveries().size());
        });

        assertEquals(delivered(1).id(), delivered(8).id());
    }

    @Test
    void failsARefundOfMoreThanItsPaymentCaptured() {
        pay(1990);
        refund(UUID.randomUUID().toString(), 1500).body("status", equalTo("SUCCEEDED"));

        refund(refundId, 491).statusCode(201).body("status", equalTo("FAILED"));
        refund(UUID.randomUUID().toString(), 490).body("status", equalTo("SUCCEEDED"));
    }

    @Test
    void failsARefundOfAPaymentThatWasNeverCaptured() {
        open(1990);

        refund(refundId, 1).statusCode(201).body("status", equalTo("FAILED"));

        assertEquals("refund.failed", delivered(1).verified().getString("type"));
    }

    @Test
    void listsRefundsOnThePaymentsPage() {
        pay(1990);
        refund(refundId, 500).statusCode(201);

        paymentJson()
                .body("refunds[0].refundId", equalTo(refundId))
                .body("refunds[0].amount.amount", equalTo(500))
                .body("refunds[0].status", equalTo("SUCCEEDED"));
        given().baseUri(gateway.origin)
                .when()
                .get(page())
                .then()
                .body(containsString(refundId))
                .body(containsString("CNY 5.00, succeeded"));
    }

    @Test
    void failsRefundsWhenATesterWantsIt() {
        behave("fail").statusCode(200).body("refunds", equalTo("fail"));

        refund(refundId, 500).statusCode(201).body("status", equalTo("FAILED"));
        assertEquals("refund.failed", delivered(1).verified().getString("type"));

        behave("succeed");
        refund(refundId, 500).statusCode(200).body("status", equalTo("FAILED"));
    }

    @Test
    void isAwayWhenATesterWantsIt() {
        behave("unavailable").statusCode(200);

        refund(refundId, 500).statusCode(503).body("code", equalTo("PROVIDER_UNAVAILABLE"));
        opened(1990).statusCode(503).body("code", equalTo("PROVIDER_UNAVAILABLE"));

        behave("succeed");
        refund(refundId, 500).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SUCCEED", "explode"})
    void knowsNoOtherBehaviour(String refunds) {
        behave(refunds).statusCode(400);
    }

    @Test
    void refusesARefundWhoseKeyIsNotItsId() {
        post("/refunds", UUID.randomUUID().toString(), refundBody(refundId, 500))
                .statusCode(400);
    }

    /** One of the webhooks sent, counted from 1. */
    private Shop.Delivery delivered(int number) {
        await().atMost(SOON).until(() -> shop.deliveries().size() >= number);
        return shop.deliveries().get(number - 1);
    }

    private void pay(int amount) {
        open(amount);
        given().baseUri(gateway.origin)
                .accept("application/json")
                .when()
                .post(page() + "/pay")
                .then()
                .statusCode(200);
    }

    private void open(int amount) {
        opened(amount).statusCode(201);
    }

    private ValidatableResponse opened(int amount) {
        return post(
                "/payments",
                paymentId,
                JsonObject.of("paymentId", paymentId, "orderId", "order-1", "amount", yuan(amount)));
    }

    private ValidatableResponse refund(String id, int amount) {
        return post("/refunds", id, refundBody(id, amount));
    }

    private JsonObject refundBody(String id, int amount) {
        return JsonObject.of("refundId", id, "paymentId", paymentId, "orderId", "order-1", "amount", yuan(amount));
    }

    private ValidatableResponse behave(String refunds) {
        return post("/behaviour", "", JsonObject.of("refunds", refunds));
    }

    private ValidatableResponse post(String path, String key, JsonObject body) {
        return given().baseUri(gateway.origin)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body.encode())
                .when()
                .post(Sandbox.PATH + path)
                .then();
    }

    private ValidatableResponse paymentJson() {
        return given().baseUri(gateway.origin)
                .accept("application/json")
                .when()
                .get(page())
                .then();
    }

    private String page() {
        return Sandbox.PATH + "/payments/" + paymentId;
    }

    private static JsonObject yuan(int fen) {
        return JsonObject.of("amount", fen, "currency", "CNY");
    }
}
