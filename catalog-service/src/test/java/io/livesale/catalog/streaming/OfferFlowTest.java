package io.livesale.catalog.streaming;

import static io.livesale.catalog.Shop.money;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.livesale.stack.TopicReader;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class OfferFlowTest {
    @Test
    void allotsFromTheProductWhenItIsMade() {
        Shop shop = Shop.verified();
        String product = shop.product(100);

        shop.offerOf(shop.session(), product, 100)
                .then()
                .statusCode(201)
                .body("status", equalTo("SCHEDULED"))
                .body("kind", equalTo("PRODUCT"))
                .body("title", equalTo("Mushroom paste"))
                .body("county", equalTo(Shop.COUNTY))
                .body("price.amount", equalTo(1990))
                .body("listPrice.amount", equalTo(2590))
                .body("commissionBasisPoints", equalTo(2000))
                .body("remaining", equalTo(100))
                .body("soldOut", equalTo(false));

        assertEquals("0/100/0", Shop.stock(product));
    }

    @Test
    void showsTheProductsPicture() {
        Shop shop = Shop.verified();
        Map<String, Object> body = Shop.productBody();
        body.put("imageUrl", "https://example.org/paste.jpg");
        String product = shop.asSeller().body(body).post("/products").path("productId");
        shop.adjust(product, "first", 10);
        String session = shop.session();

        shop.offerOf(session, product, 10).then().body("imageUrl", equalTo("https://example.org/paste.jpg"));

        given().get("/sessions/" + session).then().body("offers[0].imageUrl", equalTo("https://example.org/paste.jpg"));
    }

    @Test
    void refusesToAllotOneUnitTooMany() {
        Shop shop = Shop.verified();
        String product = shop.product(100);

        shop.offerOf(shop.session(), product, 101).then().statusCode(409).body("code", equalTo("INSUFFICIENT_STOCK"));

        assertEquals("100/0/0", Shop.stock(product));
    }

    @Test
    void opensOnceAndStaysOpen() {
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.liveSession(), shop.product(1), 1);

        String openedAt = shop.open(offer)
                .then()
                .statusCode(200)
                .body("status", equalTo("OPEN"))
                .extract()
                .path("openedAt");

        shop.open(offer).then().statusCode(200).body("openedAt", equalTo(openedAt));
    }

    @Test
    void opensOnlyForAVerifiedCreator() {
        Shop shop = new Shop();
        String offer = shop.offer(shop.liveSession(), shop.product(1), 1);
        shop.open(offer).then().statusCode(409).body("code", equalTo("CREATOR_NOT_VERIFIED"));
        shop.introduce();
        shop.open(offer).then().statusCode(409).body("code", equalTo("CREATOR_NOT_VERIFIED"));
        shop.decide("REJECTED");
        shop.open(offer).then().statusCode(409).body("code", equalTo("CREATOR_NOT_VERIFIED"));

        shop.decide("VERIFIED");

        shop.open(offer).then().statusCode(200);
    }

    @Test
    void doesNotOpenBeforeItsSessionIsLive() {
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.session(), shop.product(1), 1);

        shop.open(offer).then().statusCode(409).body("code", equalTo("SESSION_NOT_LIVE"));
    }

    @Test
    void closesOnceAndForGood() {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String offer = shop.offer(shop.liveSession(), product, 10);

        String closedAt = shop.close(offer)
                .then()
                .statusCode(200)
                .body("status", equalTo("CLOSED"))
                .extract()
                .path("closedAt");
        shop.close(offer).then().statusCode(200).body("closedAt", equalTo(closedAt));

        assertEquals("10/0/0", Shop.stock(product));
        shop.open(offer).then().statusCode(409).body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    void keepsTheAllotmentOfAnOfferThatWasOpenUntilItIsSettled() {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String offer = shop.offer(shop.liveSession(), product, 10);
        shop.open(offer).then().statusCode(200);

        shop.close(offer).then().statusCode(200);

        assertEquals("0/10/0", Shop.stock(product));
    }

    @Test
    void closesByItselfAtItsClosingTimeThoughItNeverOpened() throws SQLException {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String offer = shop.offer(shop.session(), product, 10);

        letClosingTimeCome(offer);

        awaitClosed(offer);
        assertEquals("10/0/0", Shop.stock(product));
    }

    @Test
    void closesAnOpenOfferByItselfAtItsClosingTimeAndTellsSo() throws SQLException {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String offer = shop.offer(shop.liveSession(), product, 10);
        shop.open(offer).then().statusCode(200);

        letClosingTimeCome(offer);

        awaitClosed(offer);
        assertEquals("0/10/0", Shop.stock(product));
        try (TopicReader offers = new TopicReader("offers.v1")) {
            await().untilAsserted(() -> assertEquals(List.of(offer + ".1", offer + ".2"), offers.idsOf(offer)));
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("allotment", 0, "allotment"),
                Arguments.of("allotment", 1_000_000_001, "allotment"),
                Arguments.of("allotment", null, "allotment"),
                Arguments.of("productId", null, "productId"),
                Arguments.of("productId", "x", "productId"),
                Arguments.of("perBuyerLimit", 0, "perBuyerLimit"),
                Arguments.of("price", null, "price"),
                Arguments.of("price", money(0), "price.amount"),
                Arguments.of("price", Map.of("amount", 1, "currency", "USD"), "price.currency"),
                Arguments.of("closesAt", Instant.now().toString(), "closesAt"),
                Arguments.of("closesAt", "+290000-01-01T00:00:00Z", "closesAt"),
                Arguments.of("title", "of the product", "title"),
                Arguments.of("closesAt", "", "closesAt"),
                Arguments.of("closesAt", Instant.now().plusSeconds(3600).getEpochSecond(), "closesAt"),
                Arguments.of("kind", "BARTER", "kind"),
                Arguments.of("kind", 0, "kind"),
                Arguments.of("kind", "", "kind"),
                Arguments.of("kind", "GIFT", "productId"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAndNamesTheField(String field, Object value, String violation) {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        Map<String, Object> body = body(product);
        body.put(field, value);

        shop.asCreator()
                .body(body)
                .post("/sessions/" + shop.session() + "/offers")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(violation));

        assertEquals("10/0/0", Shop.stock(product));
    }

    @Test
    void acceptsAtTheLimits() {
        Shop shop = Shop.verified();
        Map<String, Object> body = body(shop.product(1));
        body.putAll(Map.of("price", money(1), "perBuyerLimit", 1, "kind", "PRODUCT"));

        shop.asCreator()
                .body(body)
                .post("/sessions/" + shop.session() + "/offers")
                .then()
                .statusCode(201)
                .body("perBuyerLimit", equalTo(1));
    }

    @Test
    void answers404ForAnUnknownProductOrOffer() {
        Shop shop = Shop.verified();

        shop.offerOf(shop.session(), UUID.randomUUID().toString(), 1).then().statusCode(404);
        shop.open(UUID.randomUUID().toString()).then().statusCode(404);
        given().get("/offers/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void hidesOtherCreatorsOffers() {
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.liveSession(), shop.product(1), 1);
        Shop stranger = Shop.verified();

        stranger.open(offer).then().statusCode(404);
        stranger.close(offer).then().statusCode(404);

        given().get("/offers/" + offer).then().body("status", equalTo("SCHEDULED"));
    }

    /** The time is moved, not waited for: however slow the machine is, the offer opened before. */
    private static void letClosingTimeCome(String offer) throws SQLException {
        Database.asOwner("UPDATE offer SET closes_at = now() WHERE id = '" + offer + "'");
    }

    private static void awaitClosed(String offer) {
        await().untilAsserted(() -> given().get("/offers/" + offer).then().body("status", equalTo("CLOSED")));
    }

    private static Map<String, Object> body(String product) {
        return new HashMap<>(Map.of("productId", product, "price", money(1990), "allotment", 1));
    }
}
