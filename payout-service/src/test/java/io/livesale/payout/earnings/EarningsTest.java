package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Database;
import io.livesale.payout.FeeProgramme;
import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Rate;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class EarningsTest {
    private static final Instant PAID = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    FeeProgrammes programmes;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    @Test
    void showsTheWorkedExampleToSellerAndCreator() {
        String county = "county-" + UUID.randomUUID();
        programmes
                .put(new FeeProgramme(county, "help", Set.of(county), new Rate(100), PAID, null), "ops")
                .await()
                .indefinitely();
        PaidOrders order = order().county(county);
        post(List.of(order), 4717);

        get("/earnings/me", seller, "seller")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].currency", equalTo("CNY"))
                .body("items[0].pending.amount", equalTo(4717))
                .body("items[0].available.amount", equalTo(0))
                .body("items[0].nextPayout.missing.amount", equalTo(1000))
                .body("items[0].nextPayout.amount", nullValue());
        get("/earnings/me", creator, "creator").statusCode(200).body("items[0].pending.amount", equalTo(1194));
        get("/earnings/me/entries", seller, "seller")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].orderId", equalTo(order.orderId().toString()))
                .body("items[0].role", equalTo("SELLER"))
                .body("items[0].gross.amount", equalTo(5970))
                .body("items[0].fee.amount", equalTo(59))
                .body("items[0].feeBasisPoints", equalTo(100))
                .body("items[0].waivedFee.amount", equalTo(239))
                .body("items[0].programmeId", equalTo(county))
                .body("items[0].commission.amount", equalTo(1194))
                .body("items[0].net.amount", equalTo(4717))
                .body("items[0].amount.amount", equalTo(4717))
                .body("items[0].state", equalTo("PENDING"))
                .body("items[0].paidAt", equalTo("2026-11-21T12:00:00Z"))
                .body("nextCursor", nullValue());
        get("/earnings/me/entries", creator, "creator")
                .body("items[0].role", equalTo("CREATOR"))
                .body("items[0].amount.amount", equalTo(1194));
    }

    @Test
    void showsAStrangerNothing() {
        post(List.of(order()), 4478);

        get("/earnings/me", "stranger-" + UUID.randomUUID(), "seller", "creator")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].currency", equalTo("CNY"))
                .body("items[0].pending.amount", equalTo(0));
        get("/earnings/me/entries", "stranger-" + UUID.randomUUID(), "seller", "creator")
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void showsOneItemForEachCurrency() {
        post(List.of(order(), order().total(1000, "USD")), 4478);

        get("/earnings/me", seller, "seller")
                .body("items.currency", equalTo(List.of("CNY", "USD")))
                .body("items[1].pending.amount", equalTo(750));
    }

    @Test
    void givesTwoLinesToWhoeverSoldTheirOwnProduct() {
        post(List.of(order().creator(seller)), 4478 + 1194);

        List<String> ids = get("/earnings/me/entries", seller, "seller")
                .body("items.role", equalTo(List.of("SELLER", "CREATOR")))
                .body("items.amount.amount", equalTo(List.of(4478, 1194)))
                .extract()
                .path("items.entryId");

        assertEquals(2, Set.copyOf(ids).size());
    }

    @Test
    void pagesThroughEveryLineOnceNewestFirst() {
        // Several at the same time, and both roles in each: the page breaks fall inside of ties.
        List<PaidOrders> orders = IntStream.range(0, 9)
                .mapToObj(i -> order().creator(seller).at(PAID.plusSeconds(i / 3)))
                .toList();
        post(orders, 9 * (4478 + 1194));

        List<String> times = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            String query = "?limit=5" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
            var page = get("/earnings/me/entries" + query, seller, "seller")
                    .statusCode(200)
                    .extract();
            times.addAll(page.path("items.paidAt"));
            ids.addAll(page.path("items.entryId"));
            cursor = page.path("nextCursor");
        }

        assertEquals(18, ids.size());
        assertEquals(18, Set.copyOf(ids).size());
        assertEquals(times.stream().sorted(java.util.Comparator.reverseOrder()).toList(), times);
    }

    @Test
    void downloadsEveryLineAsCsv() {
        int sales = 450;
        post(IntStream.range(0, sales).mapToObj(i -> order()).toList(), sales * 4478L);

        String csv = given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .accept("text/csv")
                .get("/earnings/me/entries")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .header("Content-Disposition", containsString("earnings.csv"))
                .extract()
                .asString();

        String[] lines = csv.split("\r\n");
        assertEquals(sales + 1, lines.length);
        assertTrue(lines[0].startsWith("entryId,orderId,offerId"), lines[0]);
        assertEquals(lines[0].split(",").length, lines[1].split(",").length);
        assertTrue(lines[1].contains(",SELLER,3,CNY,5970,298,500,0,,1194,2000,4478,4478,PENDING,"), lines[1]);
    }

    @Test
    void downloadsTheHeaderOfAnEmptyStatement() {
        String csv = given().auth()
                .oauth2(Tokens.of("stranger-" + UUID.randomUUID(), "seller"))
                .accept("text/csv")
                .get("/earnings/me/entries")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertEquals(EntryCsv.HEADER, csv);
    }

    @Test
    void answersJsonToWhoeverTakesAnything() {
        given().auth()
                .oauth2(Tokens.of(seller, "seller"))
                .accept("*/*")
                .get("/earnings/me/entries")
                .then()
                .statusCode(200)
                .contentType(containsString("application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=many",
                "cursor=%00",
                "cursor=yesterday/00000000-0000-0000-0000-000000000000/SELLER",
                "cursor=2026-11-21T12:00:00Z/0/SELLER",
                "cursor=2026-11-21T12:00:00Z/00000000-0000-0000-0000-000000000000/BUYER",
                "cursor=2026-11-21T12:00:00Z/00000000-0000-0000-0000-000000000000",
                "cursor=%2B1000000000-01-01T00:00:00Z/00000000-0000-0000-0000-000000000000/SELLER"
            })
    void refusesALimitOrCursorThatIsNone(String query) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(Tokens.of(seller, "seller"))
                .get("/earnings/me/entries?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/earnings/me",
                "/earnings/me/entries",
                "/earnings/me/days",
                "/earnings/me/movements",
                "/earnings/me/statement"
            })
    void isForSellersAndCreatorsOnly(String path) {
        given().get(path).then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        get(path, "lin", "buyer", "operator").statusCode(403).body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void isForNobodyWithoutASubjectThatCanBeStored() {
        get("/earnings/me", " ", "seller").statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        get("/earnings/me", "a".repeat(129), "seller").statusCode(401);
        get("/earnings/me", "a".repeat(128), "seller").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/earnings/me;x=1", "/earnings/%6De", "//earnings/me", "/earnings/me/", "/earnings%2Fme"})
    void noWayOfWritingThePathGoesRoundTheGuard(String path) {
        int status = given().urlEncodingEnabled(false).get(path).statusCode();

        assertTrue(status == 400 || status == 401 || status == 404, path + " answered " + status);
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller).creator(creator).at(PAID);
    }

    private void post(List<PaidOrders> orders, long expected) {
        OrderTopic.send(orders.stream().map(PaidOrders::event).toList());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(expected, Database.balance("party:" + seller + ":pending", "CNY")));
    }

    private static ValidatableResponse get(String path, String subject, String... roles) {
        return given().auth().oauth2(Tokens.of(subject, roles)).get(path).then();
    }
}
