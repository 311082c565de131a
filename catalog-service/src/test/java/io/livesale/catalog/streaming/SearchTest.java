package io.livesale.catalog.streaming;

import static io.livesale.catalog.Shop.money;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of sessions and of offers, and what is found in them. */
@QuarkusTest
class SearchTest {
    /** In the titles one test makes and in no others. */
    private final String mark = UUID.randomUUID().toString();

    @Test
    void listsOneCreatorsSessionsNewestFirst() {
        Shop shop = new Shop();
        String first = shop.session();
        String live = shop.liveSession();
        new Shop().liveSession();

        find("/sessions?creatorId=" + shop.creator).body("items.sessionId", contains(live, first));
        find("/sessions?status=SCHEDULED&creatorId=" + shop.creator).body("items.sessionId", contains(first));
        find("/sessions?status=LIVE&creatorId=" + shop.creator)
                .body("items.sessionId", contains(live))
                .body("items[0].offers", hasSize(0));
    }

    @Test
    void findsSessionsByAPartOfTheTitle() {
        Shop shop = new Shop();
        String harvest = session(shop, "HARVEST \u6797 " + mark);
        session(shop, "Harvest festival");

        find("/sessions?q=harvest%20%E6%9E%97%20" + mark).body("items.sessionId", contains(harvest));
        find("/sessions?status=LIVE&q=" + mark).body("items", hasSize(0));
        shop.asCreator().post("/sessions/" + harvest + "/start").then().statusCode(200);
        find("/sessions?status=LIVE&q=" + mark).body("items.sessionId", contains(harvest));
    }

    @Test
    void listsOffersBySellerCreatorCountyAndStatus() {
        Shop shop = Shop.verified();
        Shop other = Shop.verified();
        String session = shop.liveSession();
        String product = shop.product(10);
        String scheduled = shop.offer(session, product, 1);
        String open = shop.offer(session, product, 1);
        shop.open(open).then().statusCode(200);
        String resold = other.offer(other.session(), product, 1);

        find("/offers?sellerId=" + shop.seller)
                .body("items.offerId", contains(resold, open, scheduled))
                .body("items.sellerId", everyItem(equalTo(shop.seller)));
        find("/offers?creatorId=" + shop.creator).body("items.offerId", contains(open, scheduled));
        find("/offers?status=OPEN&sellerId=" + shop.seller).body("items.offerId", contains(open));
        find("/offers?county=" + Shop.COUNTY + "&sellerId=" + shop.seller + "&creatorId=" + other.creator)
                .body("items.offerId", contains(resold));
        find("/offers?county=elsewhere&sellerId=" + shop.seller).body("items", hasSize(0));
    }

    @Test
    void listsOffersAsTheyAreShownAlone() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String product = shop.product(10);
        String offer = shop.offer(session, product, 3);
        String pinned = shop.offer(session, product, 2);
        shop.asCreator()
                .body(Map.of("offerId", pinned))
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200);

        Map<String, Object> shown = given().get("/offers/" + pinned).path("$");

        find("/offers?creatorId=" + shop.creator)
                .body("items.offerId", contains(pinned, offer))
                .body("items[0]", equalTo(shown))
                .body("items.pinned", contains(true, false));
    }

    @Test
    void findsOffersByAPartOfTheTitleGiftsAmongThem() {
        Shop shop = Shop.verified();
        String gift = gift(shop, "ROCKET 100% " + mark);
        gift(shop, "Rocket");

        find("/offers?q=rocket%20100%25%20" + mark)
                .body("items.offerId", contains(gift))
                .body("items[0].containsKey('sellerId')", equalTo(false));
        find("/offers?county=" + Shop.COUNTY + "&q=" + mark).body("items", hasSize(0));
        find("/offers?q=rocket%20100_").body("items.offerId", not(hasItem(gift)));
    }

    @Test
    void leadsThroughTheOffersPageByPage() {
        Shop shop = Shop.verified();
        String session = shop.session();
        String product = shop.product(3);
        String first = shop.offer(session, product, 1);
        String second = shop.offer(session, product, 1);
        String third = shop.offer(session, product, 1);

        String cursor = find("/offers?limit=2&sellerId=" + shop.seller)
                .body("items.offerId", contains(third, second))
                .extract()
                .path("nextCursor");

        find("/offers?limit=2&sellerId=" + shop.seller + "&cursor=" + cursor)
                .body("items.offerId", contains(first))
                .body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/offers?status=LIVE",
                "/offers?county=%00",
                "/offers?sellerId=%00",
                "/offers?creatorId=%00",
                "/offers?q=%00",
                "/offers?limit=0",
                "/offers?cursor=x",
                "/sessions?creatorId=%00",
                "/sessions?q=%00"
            })
    void refusesABadQuestionAndNamesTheParameter(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations.field", contains(path.replaceAll(".*\\?|=.*", "")));
    }

    @Test
    void takesAPartOfAtMost100Characters() {
        find("/offers?q=" + "x".repeat(100)).body("items", hasSize(0));
        given().get("/offers?q=" + "x".repeat(101)).then().statusCode(400);
    }

    @Test
    void takesAnEmptyParameterForNone() {
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.session(), shop.product(1), 1);

        find("/offers?q=&status=&county=&sellerId=" + shop.seller).body("items.offerId", contains(offer));
    }

    private static ValidatableResponse find(String path) {
        return given().urlEncodingEnabled(false).get(path).then().statusCode(200);
    }

    private static String session(Shop shop, String title) {
        return shop.asCreator().body(Map.of("title", title)).post("/sessions").path("sessionId");
    }

    private static String gift(Shop shop, String title) {
        return shop.asCreator()
                .body(Map.of("kind", "GIFT", "title", title, "price", money(600)))
                .post("/sessions/" + shop.session() + "/offers")
                .path("offerId");
    }
}
