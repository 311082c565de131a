package io.livesale.order.fulfilment;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.paid;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrderServiceTest
class FulfilmentTest {
    private static final String SELLER = "zhashui-coop";

    @Inject
    Market market;

    @Test
    void cancelledBeforePaymentTheUnitsAreOnSaleAgain() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = reserved(offer, 2);
        await().untilAsserted(() -> assertEquals(
                409, press("wang", UUID.randomUUID().toString(), offer, 1).statusCode()));

        cancel(orderId).then().statusCode(202).body("orderId", equalTo(orderId)).body("status", equalTo("RESERVED"));

        awaitStatus(orderId, Status.CANCELLED);
        await().untilAsserted(() ->
                buy("wang", UUID.randomUUID().toString(), offer, 2).then().body("status", equalTo("RESERVED")));
    }

    @Test
    void cancelledBeforeShippingTheMoneyGoesBack() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = paid("lin", offer, 2);

        cancel(orderId).then().statusCode(202);

        awaitStatus(orderId, Status.CANCELLED);
        order(orderId)
                .then()
                .body("timeline.type", hasItem("order.refunded"))
                .body("refunds[0].amount.amount", equalTo(3980));
    }

    @Test
    void cancellingAgainIsNoSecondCancellation() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = reserved(offer, 1);
        cancel(orderId).then().statusCode(202);
        awaitStatus(orderId, Status.CANCELLED);

        cancel(orderId).then().statusCode(202).body("status", equalTo("CANCELLED"));

        assertEquals(1, market.commands("cancel-order", orderId, offer));
    }

    @Test
    void cancelsNothingThatIsShippedOrRejected() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String shipped = shipped(offer);
        String rejected = buy("wang", UUID.randomUUID().toString(), offer, 2).path("orderId");

        cancel(shipped)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("ORDER_NOT_CANCELLABLE"));
        as("wang", "buyer").post("/orders/" + rejected + "/cancellation").then().statusCode(409);
        assertEquals(0, market.commands("cancel-order", shipped, offer));
    }

    @Test
    void aCancellationBehindAShipmentIsTakenAndHasNoEffect() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = paid("lin", offer, 1);

        market.whileDecidingIsHeldUp(() -> {
            ship(orderId, "SF1").then().statusCode(202);
            cancel(orderId).then().statusCode(202);
        });

        awaitStatus(orderId, Status.SHIPPED);
        reserved(offer, 1);
        order(orderId).then().body("status", equalTo("SHIPPED"));
    }

    @Test
    void shipsWhatIsPaidAndTheSameShipmentOnce() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = reserved(offer, 1);
        ship(orderId, "SF1").then().statusCode(409).body("code", equalTo("ORDER_NOT_SHIPPABLE"));
        String paid = shipped(offer);

        ship(paid, "SF1").then().statusCode(202).body("status", equalTo("SHIPPED"));
        ship(paid, "SF2").then().statusCode(409).body("code", equalTo("ORDER_NOT_SHIPPABLE"));

        order(paid)
                .then()
                .body("shipment.carrier", equalTo("SF Express"))
                .body("shipment.trackingNumber", equalTo("SF1"));
        assertEquals(1, market.commands("ship-order", paid, offer));
    }

    @Test
    void deliversWhatIsShippedOnce() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String unshipped = paid("lin", offer, 1);
        deliver(unshipped, SELLER, "seller").then().statusCode(409).body("code", equalTo("ORDER_NOT_DELIVERABLE"));
        String orderId = shipped(offer);

        deliver(orderId, "staff", "operator").then().statusCode(202);
        awaitStatus(orderId, Status.DELIVERED);
        deliver(orderId, SELLER, "seller").then().statusCode(202).body("status", equalTo("DELIVERED"));

        order(orderId).then().body("completeAt", containsString("T"));
        assertEquals(1, market.commands("deliver-order", orderId, offer));
    }

    @Test
    void whoeverConfirmsTheReceiptCompletesTheOrder() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String unshipped = paid("lin", offer, 1);
        confirm(unshipped).then().statusCode(409).body("code", equalTo("ORDER_NOT_CONFIRMABLE"));
        String orderId = shipped(offer);

        confirm(orderId).then().statusCode(202);
        awaitStatus(orderId, Status.COMPLETED);
        confirm(orderId).then().statusCode(202).body("status", equalTo("COMPLETED"));
        deliver(orderId, SELLER, "seller").then().statusCode(202);

        order(orderId)
                .then()
                .body(
                        "timeline.type",
                        contains(
                                "order.received",
                                "order.reserved",
                                "order.paid",
                                "order.shipped",
                                "order.delivered",
                                "order.completed"));
        assertEquals(1, market.commands("confirm-receipt", orderId, offer));
        assertEquals(0, market.commands("deliver-order", orderId, offer));
    }

    @Test
    void refundsInPartsUntilNothingIsLeft() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = paid("lin", offer, 2);

        refund(orderId, "broken", 1990).then().statusCode(202);
        awaitRefunds(orderId, 1);
        refund(orderId, "too-much", 1991)
                .then()
                .statusCode(409)
                .body("code", equalTo("REFUND_TOO_LARGE"))
                .body("detail", containsString("1990"));
        refund(orderId, "rest", 1990).then().statusCode(202);

        awaitStatus(orderId, Status.REFUNDED);
        refund(orderId, "more", 1).then().statusCode(409).body("code", equalTo("REFUND_TOO_LARGE"));
        assertEquals(2, market.commands("refund-order", orderId, offer));
    }

    @Test
    void aRefundIdIsOneRefund() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = paid("lin", offer, 2);
        refund(orderId, "broken", 1000).then().statusCode(202);
        awaitRefunds(orderId, 1);

        refund(orderId, "broken", 1000).then().statusCode(202);
        refund(orderId, "broken", 1001).then().statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));

        assertEquals(1, market.commands("refund-order", orderId, offer));
    }

    @Test
    void ofTwoRefundsThatCrossOnlyWhatIsThereIsGivenBack() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = paid("lin", offer, 1);

        market.whileDecidingIsHeldUp(() -> {
            refund(orderId, "one", 1500).then().statusCode(202);
            refund(orderId, "one", 1500).then().statusCode(202);
            refund(orderId, "two", 1500).then().statusCode(202);
        });

        awaitRefunds(orderId, 2);
        order(orderId)
                .then()
                .body("refunds.refused", contains(false, true))
                .body("timeline.type[-1]", equalTo("order.refund-refused"));
        refund(orderId, "two", 1500).then().statusCode(409).body("code", equalTo("REFUND_TOO_LARGE"));
    }

    @Test
    void refundsOnlyWhatWasPaid() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String orderId = reserved(offer, 1);

        refund(orderId, "early", 1).then().statusCode(409).body("code", equalTo("ORDER_NOT_REFUNDABLE"));
        cancel(orderId);
        awaitStatus(orderId, Status.CANCELLED);
        refund(orderId, "late", 1).then().statusCode(409).body("code", equalTo("ORDER_NOT_REFUNDABLE"));
    }

    @Test
    void operatorsRefundGiftsWhichHaveNoSeller() {
        OfferTerms gift = market.open(Terms.gift());
        String orderId = paid("lin", gift, 3);
        awaitStatus(orderId, Status.COMPLETED);

        refund(orderId, "regret", 300).then().statusCode(404);
        as("staff", "operator")
                .body(refundOf("regret", 300, "CNY"))
                .post("/orders/" + orderId + "/refunds")
                .then()
                .statusCode(202);

        awaitStatus(orderId, Status.REFUNDED);
    }

    @Test
    void refundsInTheOrdersCurrency() {
        String orderId = paid("lin", market.open(Terms.of(2, null)), 1);

        as(SELLER, "seller")
                .body(refundOf("broken", 10, "USD"))
                .post("/orders/" + orderId + "/refunds")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("amount.currency"))
                .body("violations[0].message", equalTo("must be CNY"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            refunds  | refundId        | {"amount": {"amount": 1, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | refundId        | {"refundId": "", "amount": {"amount": 1, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | refundId        | {"refundId": "with space", "amount": {"amount": 1, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | refundId        | {"refundId": "system:mine", "amount": {"amount": 1, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | amount          | {"refundId": "a", "reason": "r", "restock": true}
            refunds  | amount.amount   | {"refundId": "a", "amount": {"amount": 0, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | amount.amount   | {"refundId": "a", "amount": {"currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | amount.amount   | {"refundId": "a", "amount": {"amount": 1.5, "currency": "CNY"}, "reason": "r", "restock": true}
            refunds  | amount.currency | {"refundId": "a", "amount": {"amount": 1}, "reason": "r", "restock": true}
            refunds  | amount.currency | {"refundId": "a", "amount": {"amount": 1, "currency": "yuan"}, "reason": "r", "restock": true}
            refunds  | reason          | {"refundId": "a", "amount": {"amount": 1, "currency": "CNY"}, "reason": " ", "restock": true}
            refunds  | reason          | {"refundId": "a", "amount": {"amount": 1, "currency": "CNY"}, "reason": "a\\u0000b", "restock": true}
            refunds  | restock         | {"refundId": "a", "amount": {"amount": 1, "currency": "CNY"}, "reason": "r"}
            refunds  | restock         | {"refundId": "a", "amount": {"amount": 1, "currency": "CNY"}, "reason": "r", "restock": "true"}
            shipment | carrier         | {"trackingNumber": "SF1"}
            shipment | trackingNumber  | {"carrier": "SF Express", "trackingNumber": ""}
            shipment | trackingNumber  | {"carrier": "SF Express", "trackingNumber": "SF\\n1"}
            shipment | weight          | {"carrier": "SF Express", "trackingNumber": "SF1", "weight": 1}
            """)
    void namesWhatIsWrongInARequest(String request, String field, String body) {
        as(SELLER, "seller")
                .body(body)
                .post("/orders/" + UUID.randomUUID() + "/" + request)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations.field", hasItem(field));
    }

    @Test
    void refundIdAndTextsMayBeAsLongAsTheyMayBe() {
        String orderId = paid("lin", market.open(Terms.of(2, null)), 1);
        String path = "/orders/" + orderId + "/refunds";

        as(SELLER, "seller")
                .body(refundOf("x".repeat(65), 1, "CNY"))
                .post(path)
                .then()
                .statusCode(400);
        as(SELLER, "seller")
                .body(Map.of(
                        "refundId",
                        "a",
                        "amount",
                        Map.of("amount", 1, "currency", "CNY"),
                        "reason",
                        "r".repeat(201),
                        "restock",
                        true))
                .post(path)
                .then()
                .statusCode(400);
        as(SELLER, "seller")
                .body(refundOf("x".repeat(64), 1, "CNY"))
                .post(path)
                .then()
                .statusCode(202);
        as(SELLER, "seller").post(path).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "cancellation, buyer, seller",
        "receipt-confirmation, buyer, operator",
        "shipment, seller, buyer",
        "shipment, seller, operator",
        "delivery, seller, buyer",
        "refunds, seller, buyer"
    })
    void isForWhomItConcernsOnly(String request, String role, String otherRole) {
        OfferTerms offer = market.open(Terms.of(2, null));
        String path = "/orders/" + paid("lin", offer, 1) + "/" + request;
        Map<String, Object> body = request.equals("refunds")
                ? refundOf("broken", 1, "CNY")
                : Map.of("carrier", "SF Express", "trackingNumber", "SF1");

        as("stranger", role).body(body).post(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        as("lin", otherRole).body(body).post(path).then().statusCode(403);
        given().contentType(ContentType.JSON).body(body).post(path).then().statusCode(401);
    }

    @Test
    void anOrderInLineIsNotFoundYet() {
        OfferTerms offer = market.open(Terms.of(2, null));

        market.whileDecidingIsHeldUp(() -> {
            String orderId =
                    press("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");
            cancel(orderId).then().statusCode(404).body("detail", containsString("in line"));
        });
    }

    private String reserved(OfferTerms offer, int quantity) {
        return buy("lin", UUID.randomUUID().toString(), offer, quantity)
                .then()
                .body("status", equalTo("RESERVED"))
                .extract()
                .path("orderId");
    }

    private String shipped(OfferTerms offer) {
        String orderId = paid("lin", offer, 1);
        ship(orderId, "SF1").then().statusCode(202);
        awaitStatus(orderId, Status.SHIPPED);
        return orderId;
    }

    private static Response cancel(String orderId) {
        return as("lin", "buyer").post("/orders/" + orderId + "/cancellation");
    }

    private static Response confirm(String orderId) {
        return as("lin", "buyer").post("/orders/" + orderId + "/receipt-confirmation");
    }

    private static Response ship(String orderId, String trackingNumber) {
        return as(SELLER, "seller")
                .body(Map.of("carrier", "SF Express", "trackingNumber", trackingNumber))
                .post("/orders/" + orderId + "/shipment");
    }

    private static Response deliver(String orderId, String user, String role) {
        return as(user, role).post("/orders/" + orderId + "/delivery");
    }

    private static Response refund(String orderId, String refundId, int amount) {
        return as(SELLER, "seller").body(refundOf(refundId, amount, "CNY")).post("/orders/" + orderId + "/refunds");
    }

    private static Map<String, Object> refundOf(String refundId, int amount, String currency) {
        return Map.of(
                "refundId",
                refundId,
                "amount",
                Map.of("amount", amount, "currency", currency),
                "reason",
                "one jar was broken",
                "restock",
                false);
    }

    private static void awaitRefunds(String orderId, int count) {
        await().untilAsserted(() ->
                assertEquals(count, order(orderId).<List<Object>>path("refunds").size()));
    }
}
