package io.livesale.order.tracking;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.buy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** In an application of its own, because this one is being stopped. */
@OrderServiceTest
@TestProfile(StopTest.OfItsOwn.class)
class StopTest {
    public static final class OfItsOwn implements QuarkusTestProfile {}

    @Inject
    Market market;

    @Inject
    OutcomeFeed feed;

    @Inject
    Event<ShutdownDelayInitiatedEvent> stop;

    @Test
    void whoeverWaitsOrFollowsIsAnsweredAtOnceFromTheBeginningOfAnOrderlyStop() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String updates = "/orders/" + buy("lin", newKey(), offer, 1).path("orderId") + "/updates";
        market.whileDecidingIsHeldUp(() -> {
            CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() -> pressAndWait(offer));
            try (UpdatesClient follower = UpdatesClient.open(updates, "lin", "buyer")) {
                await().until(() -> feed.isAwaited() && follower.states().size() == 1);

                stop.fire(new ShutdownDelayInitiatedEvent());

                isRecordedAtOnce(waiting.join());
                await().atMost(Duration.ofSeconds(2)).until(follower::isEnded);
            }
            isRecordedAtOnce(pressAndWait(offer));
            try (UpdatesClient back = UpdatesClient.open(updates, "lin", "buyer")) {
                await().atMost(Duration.ofSeconds(2)).until(back::isEnded);
                assertEquals(List.of("RESERVED"), back.statuses());
            }
        });
    }

    private static Response pressAndWait(OfferTerms offer) {
        return as("lin", "buyer")
                .header("Idempotency-Key", newKey())
                .header("Prefer", "wait=10")
                .body(Map.of("offerId", offer.offerId(), "quantity", 1))
                .post("/orders");
    }

    private static void isRecordedAtOnce(Response answer) {
        answer.then().statusCode(202).body("status", equalTo("RECEIVED")).time(lessThan(5000L));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
