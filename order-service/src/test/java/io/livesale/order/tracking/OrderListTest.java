package io.livesale.order.tracking;

import static io.livesale.order.Market.buy;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrderServiceTest
class OrderListTest {
    private static final String SELLER = "zhashui-coop";

    @Inject
    Market market;

    @Test
    void listsABuyersOwnOrdersNewestFirst() {
        OfferTerms offer = market.open(Terms.of(10, 2));
        String buyer = someone();
        String first = order(buyer, offer, 1);
        String second = order(buyer, offer, 1);
        String rejected = order(buyer, offer, 1);
        order(someone(), offer, 1);

        Response list = as(buyer, "buyer").get("/orders");

        list.then()
                .statusCode(200)
                .body("items.orderId", contains(rejected, second, first))
                .body("items.status", contains("REJECTED", "RESERVED", "RESERVED"))
                .body("items[1].timeline", hasSize(2))
                .body("nextCursor", nullValue());
    }

    @Test
    void listsAnOffersOrdersForItsSellerButNotTheRejected() {
        OfferTerms offer = market.open(Terms.of(10, 1));
        String lins = order(someone(), offer, 1);
        order(someone(), offer, 2);
        String wangs = order(someone(), offer, 1);
        order(someone(), market.open(Terms.of(10, null)), 1);

        Response list = as(SELLER, "seller").get("/orders?offerId=" + offer.offerId());

        list.then().statusCode(200).body("items.orderId", contains(wangs, lins));
        as("staff", "operator")
                .get("/orders?offerId=" + offer.offerId())
                .then()
                .statusCode(200)
                .body("items.orderId", contains(wangs, lins));
    }

    @Test
    void showsNobodyElsesOrders() {
        OfferTerms offer = market.open(Terms.of(10, null));
        order("lin", offer, 1);
        String ofOffer = "/orders?offerId=" + offer.offerId();

        as("another-coop", "seller").get(ofOffer).then().statusCode(200).body("items", empty());
        as(SELLER, "seller")
                .get("/orders?offerId=" + UUID.randomUUID())
                .then()
                .statusCode(200)
                .body("items", empty());
        as(someone(), "buyer").get("/orders").then().statusCode(200).body("items", empty());
        as("lin", "buyer").get(ofOffer).then().statusCode(403).body("code", equalTo("FORBIDDEN"));
        as("xiaomei", "creator").get("/orders").then().statusCode(403);
        given().get("/orders").then().statusCode(401);
    }

    @Test
    void whoBuysAndSellsSaysWhichListIsMeant() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String theirs = order("lin", offer, 1);
        String own = order(SELLER, market.open(Terms.of(10, null)), 1);

        Response asBuyer = as(SELLER, "buyer", "seller").get("/orders?limit=1");
        Response asSeller = as(SELLER, "buyer", "seller").get("/orders?offerId=" + offer.offerId());

        asBuyer.then().body("items.orderId", contains(own));
        asSeller.then().body("items.orderId", contains(theirs));
    }

    @Test
    void pagesNeitherRepeatNorMissAnyOrderWhileNewOnesArrive() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        List<String> orders =
                Stream.generate(() -> order(buyer, offer, 1)).limit(7).toList();
        List<String> expected = new ArrayList<>(orders);
        Collections.reverse(expected);

        List<String> listed = new ArrayList<>();
        String query = "/orders?limit=3";
        for (int page = 0; page < 3; page++) {
            Response answer = as(buyer, "buyer").get(query);
            listed.addAll(answer.path("items.orderId"));
            query = "/orders?limit=3&cursor=" + answer.path("nextCursor");
            order(buyer, offer, 1);
        }

        assertEquals(expected, listed);
    }

    /** At a spike many orders are accepted in the same millisecond. */
    @Test
    void pagesTellOrdersOfTheSameTimeApart() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        Instant sameTime = Instant.parse("2026-11-21T12:00:00Z");
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(5).toList();
        orders.forEach(id -> market.append(new PlaceOrder(id, offer.offerId(), buyer, 1, null, null, sameTime)));
        await().untilAsserted(() -> as(buyer, "buyer").get("/orders").then().body("items", hasSize(5)));

        for (String list : List.of("/orders?", "/orders?offerId=" + offer.offerId() + "&")) {
            RequestPages pages = new RequestPages(list, buyer);
            assertEquals(orders.stream().map(UUID::toString).sorted().toList(), pages.sortedIds());
            assertEquals(3, pages.count());
        }
    }

    /** All pages of two. */
    private record RequestPages(List<Response> pages) {
        RequestPages(String list, String buyer) {
            this(new ArrayList<>());
            String cursor = "";
            do {
                Response page = given().auth()
                        .oauth2(Tokens.of(list.contains("offerId") ? SELLER : buyer, "buyer", "seller"))
                        .get(list + "limit=2" + cursor);
                pages.add(page);
                cursor = "&cursor=" + page.path("nextCursor");
            } while (pages.get(pages.size() - 1).path("nextCursor") != null);
        }

        List<String> sortedIds() {
            return pages.stream()
                    .flatMap(page -> page.<List<String>>path("items.orderId").stream())
                    .sorted()
                    .toList();
        }

        int count() {
            return pages.size();
        }
    }

    @Test
    void picksOutAStatus() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String buyer = someone();
        String kept = order(buyer, offer, 1);
        String cancelled = order(buyer, offer, 1);
        market.append(
                new CancelOrder(UUID.fromString(cancelled), offer.offerId(), Instant.parse("2026-11-21T12:00:00Z")));

        await().untilAsserted(() ->
                as(buyer, "buyer").get("/orders?status=CANCELLED").then().body("items.orderId", contains(cancelled)));
        as(SELLER, "seller")
                .get("/orders?status=RESERVED&offerId=" + offer.offerId())
                .then()
                .body("items.orderId", contains(kept));
        as(SELLER, "seller")
                .get("/orders?status=REJECTED&offerId=" + offer.offerId())
                .then()
                .body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=-1, limit",
        "limit=many, limit",
        "status=LOST, status",
        "status=RECEIVED, status",
        "status=paid, status",
        "cursor=%21, cursor",
        "cursor=bm90IGEgY3Vyc29y, cursor",
        "cursor=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaLzAtMC0wLTAtMA, cursor",
        "offerId=mine, offerId"
    })
    void saysWhatIsWrongWithAQuery(String query, String field) {
        Response answer = as("lin", "buyer", "operator").get("/orders?" + query);

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations.field", contains(field));
    }

    @Test
    void sellersAndOperatorsNameTheOffer() {
        for (String role : List.of("seller", "operator")) {
            as("someone", role).get("/orders").then().statusCode(400).body("violations.field", contains("offerId"));
        }
    }

    @Test
    void theLongestPageIsTwoHundred() {
        as(someone(), "buyer").get("/orders?limit=200").then().statusCode(200);
        as(someone(), "buyer").get("/orders?limit=1").then().statusCode(200);
    }

    /** However many orders there are, and however few of a status, a page costs no more than its own rows. */
    @Test
    void readsPagesFromTheirIndexes() {
        String ofBuyer = plan(OrderLookup.OF_BUYER.replace("$1", "'lin'"));
        String ofOffer = plan(OrderLookup.OF_OFFER
                .replace("$1", "'" + UUID.randomUUID() + "'::uuid")
                .replace("$6", "'" + SELLER + "'"));

        assertTrue(ofBuyer.contains("Index Scan Backward using orders_by_buyer"), ofBuyer);
        assertTrue(ofOffer.contains("Index Scan Backward using orders_by_offer"), ofOffer);
        for (String plan : List.of(ofBuyer, ofOffer)) {
            assertTrue(plan.matches("(?s).*Index Cond: [^\\n]*status = wanted.status[^\\n]*accepted_at <= .*"), plan);
            assertTrue(plan.contains("Presorted Key: "), plan);
            assertFalse(plan.contains("Seq Scan on orders"), plan);
        }
    }

    private String plan(String sql) {
        return market.plan(sql.replace("$2", "'{PAID,RESERVED}'::text[]")
                .replace("$3", "now()")
                .replace("$4", "'" + UUID.randomUUID() + "'::uuid")
                .replace("$5", "51"));
    }

    private static String order(String buyer, OfferTerms offer, int quantity) {
        return buy(buyer, UUID.randomUUID().toString(), offer, quantity).path("orderId");
    }

    private static RequestSpecification as(String user, String... roles) {
        return given().urlEncodingEnabled(false).auth().oauth2(Tokens.of(user, roles));
    }

    private static String someone() {
        return "buyer-" + UUID.randomUUID();
    }
}
