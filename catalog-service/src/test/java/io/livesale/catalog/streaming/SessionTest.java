package io.livesale.catalog.streaming;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SessionTest {
    @Test
    void goesFromScheduledToLiveToEnded() {
        Shop shop = new Shop();
        String session = shop.session();
        given().get("/sessions/" + session).then().statusCode(200).body("status", equalTo("SCHEDULED"));

        shop.asCreator()
                .post("/sessions/" + session + "/start")
                .then()
                .statusCode(200)
                .body("status", equalTo("LIVE"));
        shop.asCreator().post("/sessions/" + session + "/start").then().statusCode(200);
        given().get("/sessions?status=LIVE").then().body("items.sessionId", hasItem(session));
        shop.asCreator()
                .post("/sessions/" + session + "/end")
                .then()
                .statusCode(200)
                .body("status", equalTo("ENDED"));
        shop.asCreator().post("/sessions/" + session + "/end").then().statusCode(200);

        given().get("/sessions?status=LIVE").then().body("items.sessionId", not(hasItem(session)));
        shop.asCreator()
                .post("/sessions/" + session + "/start")
                .then()
                .statusCode(409)
                .body("code", equalTo("SESSION_ENDED"));
    }

    @Test
    void endingClosesItsOffersAndGivesBackWhatNeverOpened() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String product = shop.product(100);
        String open = shop.offer(session, product, 30);
        shop.offer(session, product, 20);
        shop.open(open).then().statusCode(200);
        assertEquals("50/50/0", Shop.stock(product));

        shop.asCreator()
                .post("/sessions/" + session + "/end")
                .then()
                .statusCode(200)
                .body("offers.status", contains("CLOSED", "CLOSED"));

        assertEquals("70/30/0", Shop.stock(product));
        shop.open(open).then().statusCode(409).body("code", equalTo("SESSION_NOT_LIVE"));
        shop.offerOf(session, product, 1).then().statusCode(409).body("code", equalTo("SESSION_ENDED"));
    }

    @Test
    void pinsAndUnpinsItsOwnOffers() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String offer = shop.offer(session, shop.product(10), 1);

        pin(shop, session, "{\"offerId\":\"" + offer + "\"}")
                .then()
                .statusCode(200)
                .body("pinnedOfferId", equalTo(offer))
                .body("offers[0].pinned", equalTo(true));
        given().get("/offers/" + offer).then().body("pinned", equalTo(true));

        pin(shop, session, "{\"offerId\":null}").then().statusCode(200).body("pinnedOfferId", nullValue());
    }

    @Test
    void doesNotTakeAnEmptyIdForNone() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String offer = shop.offer(session, shop.product(10), 1);
        pin(shop, session, "{\"offerId\":\"" + offer + "\"}").then().statusCode(200);

        pin(shop, session, "{\"offerId\":\"\"}").then().statusCode(400).body("violations.field", contains("offerId"));

        given().get("/sessions/" + session).then().body("pinnedOfferId", equalTo(offer));
    }

    @Test
    void doesNotPinAnOfferOfAnotherSessionOrAClosedOne() {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String session = shop.liveSession();
        String elsewhere = shop.offer(shop.liveSession(), product, 1);
        String closed = shop.offer(session, product, 1);
        shop.close(closed).then().statusCode(200);

        pin(shop, session, "{\"offerId\":\"" + elsewhere + "\"}").then().statusCode(404);
        pin(shop, session, "{\"offerId\":\"" + closed + "\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    void closingThePinnedOfferUnpinsIt() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String offer = shop.offer(session, shop.product(10), 1);
        pin(shop, session, "{\"offerId\":\"" + offer + "\"}").then().statusCode(200);

        shop.close(offer).then().statusCode(200).body("pinned", equalTo(false));

        given().get("/sessions/" + session).then().body("pinnedOfferId", nullValue());
    }

    @Test
    void hidesOtherCreatorsSessions() {
        String session = new Shop().session();
        Shop stranger = new Shop();

        stranger.asCreator().post("/sessions/" + session + "/start").then().statusCode(404);
        stranger.asCreator().post("/sessions/" + session + "/end").then().statusCode(404);
        pin(stranger, session, "{\"offerId\": null}").then().statusCode(404);
        stranger.offerOf(session, stranger.product(1), 1).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"title\":\"\"}",
                "{\"title\":\"x\",\"startsAt\":\"tomorrow\"}",
                "{\"title\":\"x\",\"startsAt\":\"+290000-01-01T00:00:00Z\"}",
                "{\"title\":\"x\",\"streamUrl\":\"ftp://x\"}",
                "{\"title\":\"x\",\"streamUrl\":\"https://x/\\ud83d\"}",
                "null",
                "[]"
            })
    void refusesABadSession(String body) {
        new Shop().asCreator().body(body).post("/sessions").then().statusCode(400);
    }

    @Test
    void listsLiveSessionsWithTheirOffersAndTheOthersWithout() {
        Shop shop = Shop.verified();
        String product = shop.product(10);
        String live = shop.liveSession();
        String first = shop.offer(live, product, 1);
        String second = shop.offer(live, product, 2);
        pin(shop, live, "{\"offerId\":\"" + second + "\"}").then().statusCode(200);
        String empty = shop.liveSession();
        String scheduled = shop.session();

        String listed = "items.find { it.sessionId == '" + live + "' }";
        given().get("/sessions?status=LIVE")
                .then()
                .statusCode(200)
                .body(listed + ".pinnedOfferId", equalTo(second))
                .body(listed + ".offers.offerId", contains(first, second))
                .body(listed + ".offers.pinned", contains(false, true))
                .body("items.find { it.sessionId == '" + empty + "' }.offers", hasSize(0));
        given().get("/sessions?status=SCHEDULED")
                .then()
                .body("items.find { it.sessionId == '" + scheduled + "' }.offers", nullValue());
    }

    @Test
    void boundsAPageOfLiveSessionsAndLeadsToTheNext() {
        Shop shop = new Shop();
        List<String> made = Stream.generate(shop::liveSession)
                .limit(21)
                .sorted(Comparator.reverseOrder())
                .toList();

        String cursor = given().get("/sessions?status=LIVE&limit=200")
                .then()
                .body("items.sessionId", equalTo(made.subList(0, 20)))
                .extract()
                .path("nextCursor");

        given().get("/sessions?status=LIVE&limit=1&cursor=" + cursor)
                .then()
                .body("items.sessionId", contains(made.get(20)));
        given().get("/sessions?status=LIVE&cursor=" + new UUID(0, 0)).then().body("items", hasSize(0));
    }

    @Test
    void refusesAnUnknownStatus() {
        given().get("/sessions?status=OVER").then().statusCode(400).body("violations[0].field", equalTo("status"));
    }

    @Test
    void takesAStartTimeAndAStream() {
        new Shop()
                .asCreator()
                .body(Map.of(
                        "title", "x",
                        "startsAt", java.time.Instant.now().plusSeconds(3600).toString(),
                        "streamUrl", "https://stream.example/lin.m3u8"))
                .post("/sessions")
                .then()
                .statusCode(201)
                .body("streamUrl", equalTo("https://stream.example/lin.m3u8"));
    }

    private static io.restassured.response.Response pin(Shop shop, String session, String body) {
        return shop.asCreator().body(body).put("/sessions/" + session + "/pin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"offerId\": \"\"}", "{\"offerId\": \" \"}", "{\"offerId\": 7}", "{\"offerId\": {}}"})
    void unpinsOnlyWhenToldTo(String body) {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        String offer = shop.offer(session, shop.product(10), 5);
        shop.asCreator()
                .body(Map.of("offerId", offer))
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200);

        shop.asCreator()
                .body(body)
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("offerId"));

        given().get("/sessions/" + session).then().body("pinnedOfferId", equalTo(offer));
        shop.asCreator()
                .body("{\"offerId\": null}")
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200)
                .body("pinnedOfferId", nullValue());
    }
}
