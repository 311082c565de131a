package io.livesale.catalog.watching;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamPagesTest {
    @Test
    void showsWhatIsOnSaleInASession() {
        Shop shop = Shop.verified();
        String session = shop.asCreator()
                .body(Map.of("title", "<b>Mountain</b> evening"))
                .post("/sessions")
                .path("sessionId");
        shop.asCreator().post("/sessions/" + session + "/start");
        String offer = shop.offer(session, shop.product(10), 7);
        shop.open(offer);
        shop.asCreator().body(Map.of("offerId", offer)).put("/sessions/" + session + "/pin");

        given().get("/live/" + session)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("&lt;b&gt;Mountain"))
                .body(containsString("7 left"))
                .body(containsString("class=\"pinned\""));
        given().get("/").then().statusCode(200).body(containsString("/live/" + session));
        given().get("/assets/stream.css").then().statusCode(200);
    }

    @Test
    void leavesEndedSessionsOutOfWhatIsLive() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();

        shop.asCreator().post("/sessions/" + session + "/end");

        given().get("/").then().body(not(containsString(session)));
        given().get("/live/" + UUID.randomUUID()).then().statusCode(404);
    }
}
