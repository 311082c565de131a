package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxPayoutsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** Warns when a shop takes no webhook, which is what these tests make of it. */
    private static final Logger TALKATIVE = Logger.getLogger(SandboxPayouts.class.getName());

    private final Shop shop = new Shop();
    private final LocalGateway gateway = new LocalGateway(shop);
    private final String payoutId = UUID.randomUUID().toString();

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
    void reportsAPayoutByASignedWebhook() {
        pay(4717).statusCode(201).body("payoutId", equalTo(payoutId)).body("status", equalTo("ACCEPTED"));

        JsonObject event = delivered(1).verified();
        assertEquals("payout.paid", event.getString("type"));
        assertEquals(payoutId, event.getString("payoutId"));
        assertEquals(JsonObject.of("amount", 4717, "currency", "CNY"), event.getJsonObject("amount"));
        assertEquals("msg_" + payoutId + ".payout.paid", delivered(1).id());
    }

    @Test
    void paysOnceHoweverOftenItIsAsked() {
        pay(4717).statusCode(201);
        delivered(1);

        pay(4717).statusCode(200).body("status", equalTo("PAID"));

        listed().body(mine() + "calls", equalTo(2)).body(mine() + "amount.amount", equalTo(4717));
        assertEquals(1, shop.deliveries().size());
    }

    @Test
    void refusesAnotherPayoutUnderTheSameId() {
        pay(4717).statusCode(201);

        pay(4718).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));

        listed().body(mine() + "amount.amount", equalTo(4717)).body(mine() + "calls", equalTo(1));
    }

    @Test
    void tellsAgainWhatTheShopDidNotTakeWhenItAsksAgain() {
        shop.failFirst(7);
        pay(4717).statusCode(201);
        await().atMost(SOON).until(() -> shop.deliveries().size() == 7);

        await().atMost(SOON).untilAsserted(() -> {
            pay(4717).statusCode(200);
            assertEquals(8, shop.deliveries().size());
        });

        assertEquals(
                1, shop.deliveries().stream().map(Shop.Delivery::id).distinct().count());
    }

    @Test
    void failsWhatATesterWantsToFail() {
        behave("fail").statusCode(200).body("payouts", equalTo("fail"));

        pay(4717).statusCode(201).body("status", equalTo("ACCEPTED"));

        JsonObject event = delivered(1).verified();
        assertEquals("payout.failed", event.getString("type"));
        assertEquals("The bank sent it back.", event.getString("reason"));
        behave("pay");
        pay(4717).body("status", equalTo("FAILED")).body("reason", equalTo("The bank sent it back."));
    }

    @Test
    void refusesForGood() {
        behave("refuse");

        pay(4717).statusCode(422).body("code", equalTo("ACCOUNT_CLOSED"));

        listed().body("items.find { it.payoutId == '" + payoutId + "' }", nullValue());
    }

    @Test
    void takesItsTime() {
        behave("delay");

        pay(4717).statusCode(201);
        await().during(Duration.ofSeconds(1)).until(() -> shop.deliveries().isEmpty());
        pay(4717).body("status", equalTo("ACCEPTED"));

        assertEquals("payout.paid", delivered(1).verified().getString("type"));
    }

    @Test
    void repeatsItself() {
        behave("repeat");

        pay(4717).statusCode(201);

        delivered(3);
        assertEquals(
                List.of("msg_" + payoutId + ".payout.paid"),
                shop.deliveries().stream().map(Shop.Delivery::id).distinct().toList());
    }

    @Test
    void stumblesAndHasPaidAllTheSame() {
        behave("stumble");

        pay(4717).statusCode(500);

        assertEquals("payout.paid", delivered(1).verified().getString("type"));
        pay(4717).statusCode(200).body("status", equalTo("PAID"));
    }

    @Test
    void isAwayAltogether() {
        behave("unavailable");

        pay(4717).statusCode(503).body("code", equalTo("PROVIDER_UNAVAILABLE"));
        check("6222000123").statusCode(503);

        behave("pay");
        pay(4717).statusCode(201);
    }

    @Test
    void knowsEveryAccountButThoseOfFourZeros() {
        check("6222000123").statusCode(200).body("valid", equalTo(true)).body("reason", nullValue());
        check("6222120000")
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("reason", equalTo("There is no such account."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAY", "explode"})
    void knowsNoOtherBehaviour(String payouts) {
        behave(payouts).statusCode(400);
    }

    @Test
    void refusesAPayoutWhoseKeyIsNotItsId() {
        post("/payouts", UUID.randomUUID().toString(), body(4717)).statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payoutId", "amount", "kind", "holder", "account"})
    void refusesAPayoutWithoutIts(String field) {
        JsonObject body = body(4717);
        body.remove(field);

        post("/payouts", payoutId, body).statusCode(400);
    }

    /** One of the webhooks sent, counted from 1. */
    private Shop.Delivery delivered(int number) {
        await().atMost(SOON).until(() -> shop.deliveries().size() >= number);
        return shop.deliveries().get(number - 1);
    }

    private ValidatableResponse pay(int amount) {
        return post("/payouts", payoutId, body(amount));
    }

    private JsonObject body(int amount) {
        return JsonObject.of(
                "payoutId",
                payoutId,
                "amount",
                JsonObject.of("amount", amount, "currency", "CNY"),
                "kind",
                "BANK",
                "holder",
                "Lin",
                "account",
                "6222000123");
    }

    private ValidatableResponse check(String account) {
        return post("/account-checks", "", JsonObject.of("kind", "BANK", "holder", "Lin", "account", account));
    }

    private ValidatableResponse behave(String payouts) {
        return post("/behaviour", "", JsonObject.of("payouts", payouts));
    }

    private ValidatableResponse listed() {
        return given().baseUri(gateway.origin)
                .when()
                .get(Sandbox.PATH + "/payouts")
                .then()
                .statusCode(200);
    }

    private String mine() {
        return "items.find { it.payoutId == '" + payoutId + "' }.";
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
}
