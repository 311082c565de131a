package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.payout.MovableClock;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Reserving;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenth of each release is held back for thirty days. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
@TestProfile(Reserving.class)
class EntryReserveTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    private static final Instant RELEASED = DELIVERED.plus(Duration.ofDays(7));
    private static final Instant FREED = RELEASED.plus(Duration.ofDays(30));

    @Inject
    MovableClock clock;

    private final String seller = "seller-" + UUID.randomUUID();

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    @Test
    void tellsWhichPartIsHeldAndUntilWhen() {
        PaidOrders order = PaidOrders.sale().seller(seller);
        clock.moveTo(RELEASED);

        OrderTopic.send(List.of(order.event(), order.delivered(DELIVERED), order.completed(DELIVERED)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> entry().body("items[0].state", equalTo("RESERVED"))
                        .body("items[0].waitsFor", equalTo("RESERVE"))
                        .body("items[0].releaseAt", equalTo(FREED.toString()))
                        .body("items[0].reserve.amount", equalTo(447)));

        clock.moveTo(FREED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> entry().body("items[0].state", equalTo("AVAILABLE"))
                        .body("items[0].waitsFor", nullValue())
                        .body("items[0].reserve.amount", equalTo(0)));
    }

    @Test
    void tellsOfTheReserveOfARefundedSaleToo() {
        PaidOrders order = PaidOrders.sale().seller(seller);
        clock.moveTo(RELEASED);
        OrderTopic.send(List.of(order.event(), order.delivered(DELIVERED), order.completed(DELIVERED)));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> entry().body("items[0].state", equalTo("RESERVED")));

        OrderTopic.send(List.of(order.refunded("all", 5970, RELEASED)));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> entry().body("items[0].state", equalTo("REFUNDED"))
                        .body("items[0].amount.amount", equalTo(0))
                        .body("items[0].waitsFor", equalTo("RESERVE"))
                        .body("items[0].releaseAt", equalTo(FREED.toString()))
                        .body("items[0].reserve.amount", equalTo(447)));
    }

    private ValidatableResponse entry() {
        return given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get("/earnings/me/entries")
                .then()
                .statusCode(200);
    }
}
