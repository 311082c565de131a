package io.livesale.order.intake;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.ShipTo;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Receipt;
import io.livesale.order.Terms;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever presses again with the same key, here or at another replica. */
@OrderServiceTest
class RepeatTest {
    @Inject
    Market market;

    @Test
    void sameKeyIsTheSameOrder() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = UUID.randomUUID().toString();
        String first = buy("lin", key, offer, 1).path("orderId");

        Response again = buy("lin", key, offer, 1);

        again.then().statusCode(200).body("orderId", equalTo(first)).body("status", equalTo("RESERVED"));
        assertEquals(1, market.records("orders.v1", UUID.fromString(first)).size());
        availability(offer).then().body("reserved", equalTo(1)).body("remaining", equalTo(9));
    }

    @Test
    void sameKeyOfAnotherBuyerIsAnotherOrder() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = UUID.randomUUID().toString();
        String lins = buy("lin", key, offer, 1).path("orderId");

        Response wangs = buy("wang", key, offer, 1);

        wangs.then().statusCode(200);
        assertNotEquals(lins, wangs.path("orderId"));
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = UUID.randomUUID().toString();
        buy("lin", key, offer, 1);

        Response other = buy("lin", key, offer, 2);

        other.then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void sameKeyWithAnotherBodyIsRefusedWhileTheFirstIsStillOnItsWay() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = UUID.randomUUID().toString();
        pressSentTo("1 Pine Street", key, offer).then().statusCode(202);

        Response other = pressSentTo("2 Pine Street", key, offer);

        other.then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        pressSentTo("1 Pine Street", key, offer).then().statusCode(202);
    }

    @Test
    void aRepeatIsAnsweredLikeTheFirstTime() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = UUID.randomUUID().toString();
        Response first = press("lin", key, offer, 1);
        await().untilAsserted(() -> availability(offer).then().body("reserved", equalTo(1)));

        Response again = press("lin", key, offer, 1);

        again.then()
                .statusCode(202)
                .header("Location", first.header("Location"))
                .body("timeline", equalTo(first.path("timeline")));
    }

    @Test
    void aRepeatThatAnotherReplicaAcceptedIsNotTurnedAway() {
        OfferTerms offer = market.open(Terms.of(1, null));
        String key = UUID.randomUUID().toString();
        acceptElsewhere("lin", key, offer);
        await().untilAsserted(() -> availability(offer).then().body("soldOut", equalTo(true)));

        Response repeat = press("lin", key, offer, 1);

        repeat.then()
                .statusCode(200)
                .body("orderId", equalTo(Receipt.orderId("lin", key).toString()))
                .body("status", equalTo("RESERVED"));
        press("lin", key, offer, 2).then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        press("wang", key, offer, 1).then().statusCode(409);
    }

    @Test
    void aRepeatThatAnotherReplicaAcceptedHearsItsOutcomeSoon() {
        OfferTerms offer = market.open(Terms.of(5, null));
        String key = UUID.randomUUID().toString();
        acceptElsewhere("lin", key, offer);
        await().untilAsserted(() -> availability(offer).then().body("reserved", equalTo(1)));

        Response repeat = buy("lin", key, offer, 1);

        repeat.then().statusCode(200).body("status", equalTo("RESERVED"));
        assertTrue(repeat.time() < 5000, "waited " + repeat.time() + " ms");
        availability(offer).then().body("reserved", equalTo(1));
    }

    @Test
    void aRepeatIsNotRefusedForAnotherOrderThatCameHereUnderItsKey() {
        OfferTerms offer = market.open(Terms.of(5, null));
        String key = UUID.randomUUID().toString();
        acceptElsewhere("lin", key, offer);
        await().untilAsserted(() -> availability(offer).then().body("reserved", equalTo(1)));
        press("lin", key, offer, 2).then().statusCode(202);

        Response repeat = press("lin", key, offer, 1);

        repeat.then().statusCode(200).body("status", equalTo("RESERVED")).body("quantity", equalTo(1));
        buy("lin", key, offer, 2).then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void aRepeatIsNotRefusedEvenWhileItIsNotKnownWhoseTheKeyIs() {
        OfferTerms offer = market.open(Terms.of(5, null));
        String key = UUID.randomUUID().toString();
        market.whileDecidingIsHeldUp(() -> {
            acceptElsewhere("lin", key, offer);
            press("lin", key, offer, 2).then().statusCode(202);

            Response repeat = press("lin", key, offer, 1);

            repeat.then().statusCode(202).body("quantity", equalTo(1));
        });
        buy("lin", key, offer, 1).then().statusCode(200).body("status", equalTo("RESERVED"));
    }

    @Test
    void sameKeyWithAnotherAddressIsRefusedOnceTheOutcomeIsKnown() {
        OfferTerms offer = market.open(Terms.of(5, null));
        String key = UUID.randomUUID().toString();
        acceptElsewhere("lin", key, offer, new ShipTo("Lin", "138", "1 Pine Street"));
        await().untilAsserted(() -> availability(offer).then().body("reserved", equalTo(1)));

        Response other = buySentTo("2 Pine Street", key, offer);

        other.then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        buySentTo("1 Pine Street", key, offer).then().statusCode(200).body("status", equalTo("RESERVED"));
    }

    private static Response pressSentTo(String address, String key, OfferTerms offer) {
        return sentTo(address, key, offer).post("/orders");
    }

    private static Response buySentTo(String address, String key, OfferTerms offer) {
        return sentTo(address, key, offer).header("Prefer", "wait=10").post("/orders");
    }

    private static RequestSpecification sentTo(String address, String key, OfferTerms offer) {
        Map<String, String> shipTo = Map.of("name", "Lin", "phone", "138", "address", address);
        return Market.as("lin", "buyer")
                .header("Idempotency-Key", key)
                .body(Map.of("offerId", offer.offerId(), "quantity", 1, "shipTo", shipTo));
    }

    private void acceptElsewhere(String buyer, String key, OfferTerms offer) {
        acceptElsewhere(buyer, key, offer, null);
    }

    private void acceptElsewhere(String buyer, String key, OfferTerms offer, @Nullable ShipTo shipTo) {
        market.append(new PlaceOrder(
                Receipt.orderId(buyer, key),
                offer.offerId(),
                buyer,
                1,
                shipTo,
                null,
                Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    private static Response availability(OfferTerms offer) {
        return given().get("/availability/" + offer.offerId());
    }
}
