package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class IncomeTest {
    /** Midnight between the 21st and the 22nd in Shanghai. */
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T16:00:00Z");

    private final String seller = "seller-" + UUID.randomUUID();

    @Test
    void countsEachSaleOnTheDayOfItsPaymentWhereThePlatformIsAtHome() {
        OrderTopic.send(List.of(
                paidAt(MIDNIGHT.minusMillis(1)).event(),
                paidAt(MIDNIGHT).event(),
                paidAt(MIDNIGHT.plusSeconds(86_399)).event(),
                paidAt(MIDNIGHT.plusSeconds(86_400)).event()));

        soon(() -> days("?from=2026-11-21&to=2026-11-22")
                .body("from", equalTo("2026-11-21"))
                .body("to", equalTo("2026-11-22"))
                .body("items.day", equalTo(List.of("2026-11-21", "2026-11-22")))
                .body("items.sales", equalTo(List.of(1, 2)))
                .body("items.amount.amount", equalTo(List.of(4478, 2 * 4478))));
    }

    @Test
    void isNetOfRefundsWheneverTheyCome() {
        PaidOrders order = paidAt(MIDNIGHT);

        OrderTopic.send(List.of(order.event(), order.refunded("r1", 1990, MIDNIGHT.plus(Duration.ofDays(9)))));

        soon(() -> days("?from=2026-11-01&to=2026-11-30").body("items.amount.amount", equalTo(List.of(2985))));
    }

    @Test
    void addsUpWhatOneEarnedInBothRolesAndKeepsCurrenciesApart() {
        PaidOrders dollars = paidAt(MIDNIGHT).total(1000, "USD");

        OrderTopic.send(List.of(paidAt(MIDNIGHT).creator(seller).event(), dollars.event()));

        soon(() -> days("?from=2026-11-22&to=2026-11-22")
                .body("items.sales", equalTo(List.of(1, 1)))
                .body("items.amount.currency", equalTo(List.of("CNY", "USD")))
                .body("items.amount.amount", equalTo(List.of(4478 + 1194, 750))));
    }

    @Test
    void isAboutTheLastThirtyDaysUnlessSaid() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));

        days("").body("to", equalTo(today.toString()))
                .body("from", equalTo(today.minusDays(29).toString()))
                .body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "?from=2026-11-22&to=2026-11-21, to",
        "?from=2025-11-21&to=2026-11-22, to",
        "?from=yesterday, from",
        "?to=2026-02-30, to"
    })
    void refusesDaysThatCannotBe(String query, String field) {
        given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get("/earnings/me/days" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations[0].field", equalTo(field));
    }

    private PaidOrders paidAt(Instant at) {
        return PaidOrders.sale().seller(seller).at(at);
    }

    private ValidatableResponse days(String query) {
        return given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get("/earnings/me/days" + query)
                .then()
                .statusCode(200);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }
}
