package io.livesale.payout.paying;

import static io.livesale.payout.Till.as;
import static io.livesale.payout.Till.operator;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class PayoutListTest {
    @Inject
    Till till;

    @Test
    void showsPayeesTheirOwnAndNobodyElses() {
        String payee = till.payee(4717);
        String other = till.payee(4717);
        till.settle();
        String own = Till.payouts(payee).get(0);
        String foreign = Till.payouts(other).get(0);

        as(payee, "seller").get("/payouts").then().statusCode(200).body("items.payoutId", equalTo(List.of(own)));
        as(payee, "creator")
                .get("/payouts?userId=" + other)
                .then()
                .statusCode(200)
                .body("items", empty());
        as(payee, "seller")
                .get("/payouts/" + own)
                .then()
                .statusCode(200)
                .body("payoutId", equalTo(own))
                .body("userId", equalTo(payee))
                .body("accountKind", equalTo("BANK"))
                .body("timeline.status", equalTo(List.of("PENDING")));
        as(payee, "seller").get("/payouts/" + foreign).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void showsOperatorsWhatTheyLookFor() {
        String payee = till.payee(4717);
        String settlementId = till.settle();
        String payoutId = Till.payouts(payee).get(0);

        operator()
                .get("/payouts?settlementId=" + settlementId)
                .then()
                .body("items.payoutId", hasItem(payoutId))
                .body("items.settlementId", everyItem(equalTo(settlementId)))
                .body("items[0].timeline", nullValue());
        operator()
                .get("/payouts?status=PENDING&userId=" + payee + "&settlementId=" + settlementId)
                .then()
                .body("items.payoutId", equalTo(List.of(payoutId)));
        operator().get("/payouts?status=PAID&userId=" + payee).then().body("items", empty());
        operator().get("/payouts").then().statusCode(200).body("items.payoutId", hasItem(payoutId));
    }

    @Test
    void pagesThroughEveryPayoutOnce() {
        till.settle(); // What other tests have left.
        List<String> payees = Stream.generate(() -> till.payee(4717)).limit(7).toList();
        String settlementId = till.settle();

        List<String> users = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            String query = "?limit=3&settlementId=" + settlementId + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
            ExtractableResponse<Response> page =
                    operator().get("/payouts" + query).then().statusCode(200).extract();
            users.addAll(page.path("items.userId"));
            cursor = page.path("nextCursor");
        }

        assertEquals(7, users.size());
        assertEquals(Set.copyOf(payees), Set.copyOf(users));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "cursor=-",
                "cursor=2026-11-29T20:00:00Z/7",
                "status=LOST",
                "userId=a%00b",
                "settlementId=12345678901234567890123456789012345678901234567890123456789012345"
            })
    void refusesAQueryThatCannotBeMeant(String query) {
        operator()
                .urlEncodingEnabled(false)
                .get("/payouts?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    @Test
    void isForPayeesAndOperatorsOnly() {
        for (String path : List.of("/payouts", "/payouts/" + UUID.randomUUID())) {
            given().get(path).then().statusCode(401);
            as("lin", "buyer").get(path).then().statusCode(403);
        }
        operator().get("/payouts/not-an-id").then().statusCode(404);
    }
}
