package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.payout.MovableClock;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A payee sees where the money of a sale is, why, and until when. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class EntryStandingTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    private static final Instant COMPLETED = DELIVERED.plus(Duration.ofDays(1));
    private static final Instant DUE = DELIVERED.plus(Duration.ofDays(7));

    @Inject
    MovableClock clock;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.moveTo(DELIVERED);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    @Test
    void tellsStepByStepWhatTheMoneyWaitsFor() {
        PaidOrders order = order();

        OrderTopic.send(List.of(order.event()));
        soon(() -> entry(seller)
                .body("items[0].state", equalTo("PENDING"))
                .body("items[0].waitsFor", equalTo("DELIVERY"))
                .body("items[0].releaseAt", nullValue()));

        OrderTopic.send(List.of(order.delivered(DELIVERED)));
        soon(() -> entry(seller)
                .body("items[0].state", equalTo("PENDING"))
                .body("items[0].waitsFor", equalTo("COMPLETION"))
                .body("items[0].releaseAt", nullValue()));

        OrderTopic.send(List.of(order.completed(COMPLETED)));
        soon(() -> entry(seller)
                .body("items[0].state", equalTo("PENDING"))
                .body("items[0].waitsFor", equalTo("SETTLEMENT_PERIOD"))
                .body("items[0].releaseAt", equalTo(DUE.toString())));

        clock.moveTo(DUE);
        soon(() -> entry(seller)
                .body("items[0].state", equalTo("AVAILABLE"))
                .body("items[0].waitsFor", nullValue())
                .body("items[0].releaseAt", nullValue()));
    }

    @Test
    void aGiftWaitsForNoDelivery() {
        OrderTopic.send(List.of(PaidOrders.gift().creator(creator).event()));

        soon(() -> entry(creator)
                .body("items[0].state", equalTo("PENDING"))
                .body("items[0].waitsFor", equalTo("COMPLETION")));
    }

    /** Of 5970 at 500 and 2000 bp, 3980 are left: 199 for the platform, 796 for the creator, 2985 for the seller. */
    @Test
    void showsThePartsThatAreLeftAfterARefund() {
        PaidOrders order = order();

        OrderTopic.send(List.of(order.event(), order.refunded("r1", 1990, DELIVERED)));

        soon(() -> entry(seller)
                .body("items[0].gross.amount", equalTo(3980))
                .body("items[0].refunded.amount", equalTo(1990))
                .body("items[0].fee.amount", equalTo(199))
                .body("items[0].commission.amount", equalTo(796))
                .body("items[0].net.amount", equalTo(2985))
                .body("items[0].amount.amount", equalTo(2985))
                .body("items[0].state", equalTo("PENDING")));
        entry(creator).body("items[0].amount.amount", equalTo(796));
        given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .accept("text/csv")
                .get("/earnings/me/entries")
                .then()
                .body(containsString(",SELLER,3,CNY,3980,199,500,0,,796,2000,2985,2985,PENDING,"))
                .body(containsString(",1990,DELIVERY,,0\r\n"));
    }

    @Test
    void aSaleThatIsRefundedInFullWaitsForNothing() {
        PaidOrders order = order();

        OrderTopic.send(List.of(order.event(), order.refunded("r1", 5970, DELIVERED)));

        soon(() -> entry(seller)
                .body("items[0].state", equalTo("REFUNDED"))
                .body("items[0].waitsFor", nullValue())
                .body("items[0].gross.amount", equalTo(0))
                .body("items[0].amount.amount", equalTo(0)));
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller).creator(creator);
    }

    private static ValidatableResponse entry(String userId) {
        return given().auth()
                .oauth2(Tokens.of(userId, "seller", "creator"))
                .get("/earnings/me/entries")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }
}
