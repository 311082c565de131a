package io.livesale.order.tracking;

import static io.livesale.order.Market.buy;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.LogPosition;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.OrderView;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class OutcomeFeedTest {
    @Inject
    Market market;

    @Inject
    OutcomeFeed feed;

    @Test
    void whoeverWaitsLongEnoughIsToldThatTheOrderIsRecorded() {
        OfferTerms offer = market.open(Terms.of(10, null));
        market.whileDecidingIsHeldUp(() -> {
            Response answer = waitOneSecond(offer);

            answer.then().statusCode(202).body("status", equalTo("RECEIVED"));
            assertTrue(answer.time() >= 1000 && answer.time() < 3000, "answered after " + answer.time() + " ms");
        });
        await().until(() -> !feed.isAwaited());
    }

    /** The one that was told nothing, because all was told before it listened. */
    @Test
    void looksUpWhatIsDecidedAndWasNotHeardOf() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = UUID.fromString(
                buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId"));

        CompletableFuture<Optional<OrderView>> outcome =
                feed.await(order, Duration.ofSeconds(10)).subscribeAsCompletionStage();
        feed.recorded(order, somewhereDecided(offer));

        await().atMost(Duration.ofSeconds(2)).until(outcome::isDone);
        assertEquals(order, outcome.join().orElseThrow().orderId());
        await().until(() -> !feed.isAwaited());
    }

    /** The database knows this order, so whoever asked it would be told; but its place in the log says not yet. */
    @Test
    void doesNotLookUpWhatIsStillInTheLog() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = UUID.fromString(
                buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId"));

        CompletableFuture<Optional<OrderView>> outcome =
                feed.await(order, Duration.ofSeconds(2)).subscribeAsCompletionStage();
        feed.recorded(order, new LogPosition(partition(offer), Long.MAX_VALUE));

        await().until(outcome::isDone);
        assertEquals(Optional.empty(), outcome.join());
    }

    @Test
    void forgetsBuyersWhoGaveUp() {
        var waiting = feed.await(UUID.randomUUID(), Duration.ofSeconds(10))
                .subscribe()
                .with(outcome -> {});
        assertTrue(feed.isAwaited());

        waiting.cancel();

        assertFalse(feed.isAwaited());
    }

    private LogPosition somewhereDecided(OfferTerms offer) {
        return new LogPosition(partition(offer), 0);
    }

    private int partition(OfferTerms offer) {
        return market.records("order-commands.v1", offer.offerId()).get(0).partition();
    }

    private static Response waitOneSecond(OfferTerms offer) {
        return given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=1")
                .contentType(ContentType.JSON)
                .body(Map.of("offerId", offer.offerId(), "quantity", 1))
                .post("/orders");
    }
}
