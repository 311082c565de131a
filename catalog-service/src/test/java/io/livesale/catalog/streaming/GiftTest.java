package io.livesale.catalog.streaming;

import static io.livesale.catalog.Shop.money;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gift goes the way of any offer, with nothing to run out of and nobody but the creator to earn. */
@QuarkusTest
class GiftTest {
    @Test
    void isMadeAtItsOwnCommissionRate() {
        Shop shop = Shop.verified();
        Map<String, Object> body = body();
        body.put("perBuyerLimit", 5);

        offer(shop, shop.session(), body)
                .then()
                .statusCode(201)
                .body("kind", equalTo("GIFT"))
                .body("status", equalTo("SCHEDULED"))
                .body("title", equalTo("Rocket"))
                .body("price.amount", equalTo(600))
                .body("perBuyerLimit", equalTo(5))
                .body("commissionBasisPoints", equalTo(5000))
                .body("soldOut", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"productId", "sellerId", "county", "listPrice", "allotment", "remaining"})
    void hasNothingOfAProduct(String field) {
        Shop shop = Shop.verified();

        offer(shop, shop.session(), body()).then().body("containsKey('" + field + "')", equalTo(false));
    }

    @Test
    void isPinnedOpenedAndClosedLikeAnyOffer() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String gift = offer(shop, session, body()).path("offerId");

        shop.asCreator()
                .body(Map.of("offerId", gift))
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200)
                .body("pinnedOfferId", equalTo(gift));
        shop.open(gift).then().statusCode(200).body("status", equalTo("OPEN")).body("pinned", equalTo(true));
        shop.close(gift)
                .then()
                .statusCode(200)
                .body("status", equalTo("CLOSED"))
                .body("pinned", equalTo(false));

        given().get("/offers/" + gift)
                .then()
                .body("soldOut", equalTo(false))
                .body("containsKey('remaining')", equalTo(false));
    }

    @Test
    void closesWithItsSession() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        shop.open(offer(shop, session, body()).path("offerId")).then().statusCode(200);
        offer(shop, session, body()).then().statusCode(201);

        shop.asCreator()
                .post("/sessions/" + session + "/end")
                .then()
                .statusCode(200)
                .body("offers.kind", contains("GIFT", "GIFT"))
                .body("offers.status", contains("CLOSED", "CLOSED"));
    }

    @Test
    void opensOnlyForAVerifiedCreator() {
        Shop shop = new Shop();
        String gift = offer(shop, shop.liveSession(), body()).path("offerId");

        shop.open(gift).then().statusCode(409).body("code", equalTo("CREATOR_NOT_VERIFIED"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("title", null),
                Arguments.of("title", " "),
                Arguments.of("title", "x".repeat(201)),
                Arguments.of("price", null),
                Arguments.of("perBuyerLimit", 0),
                Arguments.of("closesAt", "2000-01-01T00:00:00Z"),
                Arguments.of("allotment", 1),
                Arguments.of("productId", UUID.randomUUID().toString()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAndNamesTheField(String field, Object value) {
        Shop shop = Shop.verified();
        Map<String, Object> body = body();
        body.put(field, value);

        offer(shop, shop.session(), body).then().statusCode(400).body("violations.field", hasItem(field));
    }

    private static Response offer(Shop shop, String session, Map<String, Object> body) {
        return shop.asCreator().body(body).post("/sessions/" + session + "/offers");
    }

    private static Map<String, Object> body() {
        return new HashMap<>(Map.of("kind", "GIFT", "title", "Rocket", "price", money(600)));
    }
}
