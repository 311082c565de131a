package io.livesale.order.payment;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.capture;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.paid;
import static io.livesale.order.Market.paymentId;
import static io.livesale.order.Market.tell;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.order.Market;
import io.livesale.order.Money;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.OrderSettings;
import io.livesale.order.Terms;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OrderServiceTest
class RefundTest {
    @Inject
    Market market;

    @Inject
    RefundRequests requests;

    @Inject
    OrderSettings settings;

    private OfferTerms offer;

    @BeforeEach
    void open() {
        offer = market.open(Terms.of(10, null));
    }

    @Test
    void asksTheProviderOnceForWhatIsToBeGivenBack() {
        String orderId = paid("lin", offer, 3);

        refund(orderId, "broken", 1000);

        awaitRefund(orderId, "broken", "ACCEPTED");
        UUID key = key(orderId, "broken");
        asked(key)
                .then()
                .body("size()", equalTo(1))
                .body("[0].refundId", equalTo(key.toString()))
                .body("[0].paymentId", equalTo(paymentId(orderId).toString()))
                .body("[0].orderId", equalTo(orderId))
                .body("[0].amount.amount", equalTo(1000))
                .body("[0].amount.currency", equalTo("CNY"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 503})
    void asksAgainUntilTheProviderCanSay(int trouble) {
        String orderId = paid("lin", offer, 1);

        refund(orderId, "broken", trouble);

        awaitRefund(orderId, "broken", "ACCEPTED");
        asked(key(orderId, "broken"))
                .then()
                .body("size()", equalTo(3))
                .body("refundId", everyItem(equalTo(key(orderId, "broken").toString())));
    }

    @Test
    void whicheverReplicaAsksTheOthersDoNot() {
        String orderId = paid("lin", offer, 3);
        List<String> refundIds =
                IntStream.range(0, 20).mapToObj(i -> "part-" + i).toList();

        market.whileDecidingIsHeldUp(() -> refundIds.forEach(refundId -> refund(orderId, refundId, 100)));
        await().until(() -> market.query("SELECT 1 FROM refund WHERE order_id = '%s'".formatted(orderId))
                        .size()
                == refundIds.size());
        Uni.join()
                .all(requests.requestDue(), requests.requestDue(), requests.requestDue())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(10));

        refundIds.forEach(refundId -> {
            awaitRefund(orderId, refundId, "ACCEPTED");
            asked(key(orderId, refundId)).then().body("size()", equalTo(1));
        });
    }

    @Test
    void isAskedForAtOnceThoughAReplicasClockIsAhead() {
        String orderId = paid("lin", offer, 1);

        market.append(new RefundOrder(
                UUID.fromString(orderId),
                offer.offerId(),
                "ahead",
                yuan(100),
                "broken",
                false,
                "coop",
                Instant.now().plus(Duration.ofHours(1))));

        awaitRefund(orderId, "ahead", "ACCEPTED");
    }

    @Test
    void aRefusalIsFinal() {
        String orderId = paid("lin", offer, 1);

        refund(orderId, "broken", 422);

        awaitRefund(orderId, "broken", "FAILED");
        asked(key(orderId, "broken")).then().body("size()", equalTo(1));
    }

    @Test
    void moneyThatComesTooLateGoesBackOnce() {
        String orderId = buy("lin", UUID.randomUUID().toString(), offer, 3).path("orderId");
        as("lin", "buyer").post("/orders/" + orderId + "/cancellation");
        awaitStatus(orderId, Status.CANCELLED);

        capture(orderId, yuan(5970)).then().statusCode(202);
        capture(orderId, yuan(5970)).then().statusCode(202);

        awaitRefund(orderId, "system:late-payment", "ACCEPTED");
        order(orderId).then().body("status", equalTo("CANCELLED"));
        asked(key(orderId, "system:late-payment"))
                .then()
                .body("size()", equalTo(1))
                .body("[0].amount.amount", equalTo(5970));
    }

    @Test
    void notesHowARefundEnded() {
        String orderId = paid("lin", offer, 3);
        refund(orderId, "good", 1000);
        refund(orderId, "bad", 1100);
        awaitRefund(orderId, "good", "ACCEPTED");
        awaitRefund(orderId, "bad", "ACCEPTED");

        notice("1", "refund.succeeded", orderId, 1000, "good").then().statusCode(202);
        notice("2", "refund.failed", orderId, 1100, "bad").then().statusCode(202);
        notice("1", "refund.succeeded", orderId, 1000, "good").then().statusCode(202);
        notice("3", "refund.succeeded", orderId, 1100, "bad").then().statusCode(202);

        assertEquals("SUCCEEDED", status(orderId, "good"));
        assertEquals("FAILED", status(orderId, "bad"), "a failure has to be looked into");
    }

    @Test
    void aRefundMayFailAfterAll() {
        String orderId = paid("lin", offer, 3);
        refund(orderId, "bounced", 1000);
        awaitRefund(orderId, "bounced", "ACCEPTED");
        notice("1", "refund.succeeded", orderId, 1000, "bounced");

        notice("2", "refund.failed", orderId, 1000, "bounced").then().statusCode(202);

        assertEquals("FAILED", status(orderId, "bounced"));
    }

    @Test
    void aNoticeMayComeBeforeTheAnswer() {
        String orderId = paid("lin", offer, 1);
        refund(orderId, "broken", 500);
        UUID key = key(orderId, "broken");
        await().untilAsserted(() -> asked(key).then().body("size()", equalTo(1)));

        notice("1", "refund.succeeded", orderId, 500, "broken").then().statusCode(202);

        int asked = asked(key).path("size()");
        await().during(settings.refunds().firstRetry().multipliedBy(3))
                .until(() -> asked(key).<Integer>path("size()") <= asked + 1);
        assertEquals("SUCCEEDED", status(orderId, "broken"));
    }

    @Test
    void aNoticeThatNamesNoRefundIsOfTheOldestOfItsAmount() {
        String orderId = paid("lin", offer, 3);
        for (String refundId : List.of("z-first", "other", "a-second")) {
            refund(orderId, refundId, refundId.equals("other") ? 900 : 1000);
            awaitRefund(orderId, refundId, "ACCEPTED");
        }

        notice("1", "refund.succeeded", orderId, 1000, null).then().statusCode(202);
        notice("1", "refund.succeeded", orderId, 1000, null).then().statusCode(202);
        assertEquals("SUCCEEDED", status(orderId, "z-first"));
        assertEquals("ACCEPTED", status(orderId, "a-second"), "the repeat was no news");

        notice("2", "refund.failed", orderId, 1000, null).then().statusCode(202);
        assertEquals("FAILED", status(orderId, "a-second"));
        assertEquals("ACCEPTED", status(orderId, "other"));
    }

    @Test
    void aNoticeMustFitARefund() {
        String orderId = paid("lin", offer, 3);
        notice("1", "refund.succeeded", orderId, 5970, null)
                .then()
                .statusCode(422)
                .body("code", equalTo("PAYMENT_MISMATCH"));
        refund(orderId, "broken", 1000);
        awaitRefund(orderId, "broken", "ACCEPTED");

        notice("2", "refund.succeeded", orderId, 999, "broken").then().statusCode(422);
        notice("3", "refund.succeeded", orderId, 1000, "unheard-of").then().statusCode(422);
        notice("4", "refund.succeeded", UUID.randomUUID().toString(), 1000, "broken")
                .then()
                .statusCode(404);

        assertEquals("ACCEPTED", status(orderId, "broken"));
    }

    private static void refund(String orderId, String refundId, int amount) {
        as("zhashui-coop", "seller")
                .body(Map.of(
                        "refundId", refundId, "amount", yuan(amount), "reason", "one jar was broken", "restock", false))
                .post("/orders/" + orderId + "/refunds")
                .then()
                .statusCode(202);
    }

    private static Response notice(String id, String type, String orderId, long amount, @Nullable String refundId) {
        UUID key = refundId == null ? null : key(orderId, refundId);
        return tell("msg_" + orderId + id, type, orderId, yuan(amount), key);
    }

    private void awaitRefund(String orderId, String refundId, String status) {
        await().untilAsserted(() -> assertEquals(status, status(orderId, refundId)));
    }

    private String status(String orderId, String refundId) {
        List<String> found = market.query(
                "SELECT status FROM refund WHERE order_id = '%s' AND refund_id = '%s'".formatted(orderId, refundId));
        return found.isEmpty() ? "none" : found.get(0);
    }

    /** What the provider was asked under an idempotency key. */
    private Response asked(UUID key) {
        return given().get(settings.payment().providerUrl() + "/refunds/" + key);
    }

    private static UUID key(String orderId, String refundId) {
        return UuidCreator.getNameBasedSha1(UUID.fromString(orderId), "refund:" + refundId);
    }

    private static Money yuan(long amount) {
        return new Money(amount, Terms.CNY);
    }
}
