package io.livesale.order.tracking;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.capture;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    void theSellerLearnsTheAddressOnceTheOrderIsPaid() {
        OfferTerms offer = market.open(Terms.of(10, null));
        Map<String, String> address = Map.of("name", "Lin", "phone", "139", "address", "Zhashui, 1 Main Street");
        String orderId = Market.buySentTo(address, "lin", offer);
        String cancelled = Market.buySentTo(address, "lin", offer);
        as("lin", "buyer").post("/orders/" + cancelled + "/cancellation");
        awaitStatus(cancelled, Status.CANCELLED);

        assertSellerSees(Arrays.asList(null, null), offer, cancelled, orderId);
        for (String id : List.of(orderId, cancelled)) {
            get(id, "lin", "buyer").then().body("shipTo", equalTo(address));
            order(id).then().body("shipTo", equalTo(address));
        }

        capture(orderId, offer.price()).then().statusCode(202);
        awaitStatus(orderId, Status.PAID);
        assertSellerSees(Arrays.asList(null, address), offer, cancelled, orderId);
    }

    /** In the list, newest first, and one by one. */
    private static void assertSellerSees(List<Map<String, String>> addresses, OfferTerms offer, String... orderIds) {
        as("zhashui-coop", "seller")
                .get("/orders?offerId=" + offer.offerId())
                .then()
                .body("items.orderId", equalTo(List.of(orderIds)))
                .body("items.shipTo", equalTo(addresses));
        for (int i = 0; i < orderIds.length; i++) {
            get(orderIds[i], "zhashui-coop", "seller").then().body("shipTo", equalTo(addresses.get(i)));
        }
    }

    @Test
    void whoSellsAndBuysSeesTheAddressOfTheirOwnOrder() {
        OfferTerms offer = market.open(Terms.of(10, null));
        Map<String, String> address = Map.of("name", "Coop", "phone", "139", "address", "Zhashui, 1 Main Street");
        String orderId = Market.buySentTo(address, "zhashui-coop", offer);

        assertSellerSees(List.of(address), offer, orderId);
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
