package io.livesale.order.tracking;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class TrackingTest {
    @Inject
    Market market;

    @Test
    void showsAnOrderToItsBuyerItsSellerAndOperators() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String orderId = buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");

        get(orderId, "lin", "buyer").then().statusCode(200).body("status", equalTo("RESERVED"));
        get(orderId, "zhashui-coop", "seller").then().statusCode(200).body("quantity", equalTo(1));
        get(orderId, "staff", "operator")
                .then()
                .statusCode(200)
                .body("offerId", equalTo(offer.offerId().toString()));
    }

    @Test
    void hidesAnOrderFromStrangers() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String orderId = buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");

        get(orderId, "wang", "buyer").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        get(orderId, "another-coop", "seller").then().statusCode(404);
        get(orderId, "lin", "creator").then().statusCode(403);
        given().get("/orders/" + orderId).then().statusCode(401);
        get("no-id", "lin", "buyer").then().statusCode(404);
        get(UUID.randomUUID().toString(), "lin", "buyer").then().statusCode(404);
    }

    @Test
    void theReceiptShowsThePlaceInLineWhileTheOrderIsInTheLog() {
        OfferTerms offer = market.open(Terms.of(10, null));
        AtomicReference<String> accepted = new AtomicReference<>();
        market.whileDecidingIsHeldUp(() -> {
            press("lin", UUID.randomUUID().toString(), offer, 1);
            String location =
                    press("wang", UUID.randomUUID().toString(), offer, 1).header("Location");
            accepted.set(location);

            Response waiting = follow(location, "wang");

            waiting.then()
                    .statusCode(200)
                    .body("status", equalTo("RECEIVED"))
                    .body("quantity", equalTo(1))
                    .body("queue.ahead", greaterThanOrEqualTo(1));
            follow(location, "lin").then().statusCode(404);
            follow(location.replaceAll("\\?.*", ""), "wang").then().statusCode(404);
            follow(location.replaceAll("receipt=.*", "receipt=forged"), "wang")
                    .then()
                    .statusCode(404);
            await().untilAsserted(() ->
                    given().get("/availability/" + offer.offerId()).then().body("queueDepth", greaterThanOrEqualTo(2)));
        });
        String location = accepted.get();
        await().untilAsserted(() -> follow(location, "wang").then().body("status", equalTo("RESERVED")));
        assertEquals(200, follow(location, "wang").statusCode());
    }

    private static Response get(String orderId, String user, String role) {
        return given().auth().oauth2(Tokens.of(user, role)).get("/orders/" + orderId);
    }

    private static Response follow(String location, String buyer) {
        return given().auth().oauth2(Tokens.of(buyer, "buyer")).get(location);
    }
}
