package io.livesale.order.payment;

import static io.livesale.order.Market.buy;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.CloudEvent;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.ProviderResource;
import io.livesale.order.Terms;
import io.livesale.stack.EventContract;
import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class PaymentTest {
    @Inject
    Market market;

    private OfferTerms offer;
    private String orderId;

    @BeforeEach
    void reserveThreeUnits() {
        offer = market.open(Terms.of(10, null));
        orderId = buy("lin", UUID.randomUUID().toString(), offer, 3).path("orderId");
    }

    @Test
    void sendsTheBuyerToTheProviderAndAlwaysToTheSamePayment() {
        Response first = open("lin");

        Response again = open("lin");

        first.then().statusCode(201).body("redirectUrl", endsWith(first.path("paymentId")));
        again.then().statusCode(201).body("paymentId", equalTo(first.path("paymentId")));
    }

    @Test
    void aSignedCapturePaysTheOrderOnce() {
        String paymentId = open("lin").path("paymentId");

        notify(ProviderResource.SECRET, "payment.captured", paymentId, 5970)
                .then()
                .statusCode(202);
        notify(ProviderResource.SECRET, "payment.captured", paymentId, 5970)
                .then()
                .statusCode(202);

        await().untilAsserted(() -> order("lin").then().body("status", equalTo("PAID")));
        order("lin").then().body("timeline[2].type", equalTo("order.paid"));
        buy("wang", UUID.randomUUID().toString(), offer, 1);
        List<ConsumerRecord<String, byte[]>> paid = events("order.paid");
        assertEquals(1, paid.size());
        String json = new String(paid.get(0).value(), StandardCharsets.UTF_8);
        assertEquals(List.of(), EventContract.of("order-service", "order.paid").violations(json));
    }

    @Test
    void bothActiveSecretsCount() {
        String paymentId = open("lin").path("paymentId");

        notify(ProviderResource.NEXT_SECRET, "payment.captured", paymentId, 5970)
                .then()
                .statusCode(202);

        await().untilAsserted(() -> order("lin").then().body("status", equalTo("PAID")));
    }

    @Test
    void anUnsignedForgedOrStaleNoticeChangesNothing() {
        String paymentId = open("lin").path("paymentId");
        String forger = "whsec_Zm9yZ2VkLXNlY3JldC1mb3JnZWQtc2VjcmV0";

        notify(forger, "payment.captured", paymentId, 5970)
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        notifyAt(Instant.now().minus(Duration.ofMinutes(6)), paymentId).then().statusCode(401);
        notifyAt(Instant.now().plus(Duration.ofMinutes(6)), paymentId).then().statusCode(401);
        given().contentType(ContentType.JSON)
                .body(body("payment.captured", paymentId, 5970))
                .post("/payments/webhook")
                .then()
                .statusCode(401)
                .body("title", equalTo("Valid credentials are needed"));

        buy("wang", UUID.randomUUID().toString(), offer, 1);
        order("lin").then().body("status", equalTo("RESERVED"));
    }

    /** Text is signed, and this is none: whatever it says, it is nobody's word. */
    @Test
    void aNoticeThatIsNoTextIsNoNotice() {
        given().contentType(ContentType.JSON)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", Instant.now().getEpochSecond())
                .header("webhook-signature", "v1,c2lnbmVk")
                .body(new byte[] {'{', (byte) 0xff, '}'})
                .post("/payments/webhook")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void aSignedNoticeMustFitTheOrder() {
        String paymentId = open("lin").path("paymentId");

        notify(ProviderResource.SECRET, "payment.captured", paymentId, 5969)
                .then()
                .statusCode(422)
                .body("code", equalTo("PAYMENT_MISMATCH"));
        notify(ProviderResource.SECRET, "payment.captured", UUID.randomUUID().toString(), 5970)
                .then()
                .statusCode(422);
        notify(ProviderResource.SECRET, "payment.stolen", paymentId, 5970)
                .then()
                .statusCode(400);
    }

    @Test
    void aFailedPaymentLeavesTheReservation() {
        String paymentId = open("lin").path("paymentId");

        notify(ProviderResource.SECRET, "payment.failed", paymentId, 5970)
                .then()
                .statusCode(202);

        open("lin").then().statusCode(201);
    }

    @Test
    void onlyTheBuyerPaysAndOnlyWhatIsReserved() {
        open("wang").then().statusCode(404);
        notify(ProviderResource.SECRET, "payment.captured", open("lin").path("paymentId"), 5970);
        await().untilAsserted(() -> order("lin").then().body("status", equalTo("PAID")));

        open("lin").then().statusCode(409).body("code", equalTo("ORDER_NOT_PAYABLE"));
    }

    @Test
    void takesARequestWithoutABody() {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .noContentType()
                .post("/orders/" + orderId + "/payment")
                .then()
                .statusCode(201)
                .body("paymentId", equalTo(Market.paymentId(orderId).toString()));
    }

    @Test
    void readsNoBodyButJson() {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .contentType(ContentType.TEXT)
                .body("{}")
                .post("/orders/" + orderId + "/payment")
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    void refusesAReturnAddressThatIsNoWebPage() {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .contentType(ContentType.JSON)
                .body(Map.of("returnUrl", "javascript:alert(1)"))
                .post("/orders/" + orderId + "/payment")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("returnUrl"));
    }

    private Response open(String buyer) {
        return given().auth()
                .oauth2(Tokens.of(buyer, "buyer"))
                .contentType(ContentType.JSON)
                .post("/orders/" + orderId + "/payment");
    }

    private Response order(String buyer) {
        return given().auth().oauth2(Tokens.of(buyer, "buyer")).get("/orders/" + orderId);
    }

    private List<ConsumerRecord<String, byte[]>> events(String type) {
        return market.records("orders.v1", UUID.fromString(orderId)).stream()
                .filter(entry -> CloudEvent.typeOf(entry.headers()).equals(type))
                .toList();
    }

    private String body(String type, String paymentId, long amount) {
        return """
                {"type": "%s", "orderId": "%s", "paymentId": "%s", "amount": {"amount": %d, "currency": "CNY"}}""".formatted(type, orderId, paymentId, amount);
    }

    private Response notify(String secret, String type, String paymentId, long amount) {
        return Market.tell(secret, "msg_1", Instant.now(), body(type, paymentId, amount));
    }

    private Response notifyAt(Instant time, String paymentId) {
        return Market.tell(ProviderResource.SECRET, "msg_1", time, body("payment.captured", paymentId, 5970));
    }
}
