package io.livesale.catalog.watching;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StreamPagesTest {
    @Test
    void tellsWhoIsLiveWithHowMuch() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();
        shop.open(shop.offer(session, shop.product(10), 7));
        shop.offer(session, shop.product(10), 7);

        page("/")
                .body(containsString("/live/" + session))
                .body(containsString("Harvest evening"))
                .body(containsString("with Lin"))
                .body(containsString("1 offer<"));
    }

    @Test
    void leavesEndedSessionsOutOfWhatIsLive() {
        Shop shop = Shop.verified();
        String session = shop.liveSession();

        shop.asCreator().post("/sessions/" + session + "/end");

        page("/").body(not(containsString(session)));
        page("/live/" + session);
    }

    @Test
    void tellsThePageWhichSessionItShows() {
        Shop shop = Shop.verified();
        String session = shop.asCreator()
                .body(Map.of("title", "<b>Mountain</b> \"evening\""))
                .post("/sessions")
                .path("sessionId");

        page("/live/" + session)
                .body(containsString("data-session-id=\"" + session + "\""))
                .body(containsString("data-title=\"&lt;b&gt;Mountain&lt;/b&gt; &quot;evening&quot;\""))
                .body(containsString("data-creator=\"Lin\""))
                .body(containsString("data-token-url=\"/dev/session\""))
                .body(containsString("data-sign-in-url=\"/dev/sign-in\""))
                .body(containsString("<noscript>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9,en;q=0.8|zh",
                "zh-Hant-TW|zh",
                "en-GB|en",
                "de,en;q=0.5,zh;q=0.7|zh",
                "de|en",
                "*|en",
                "no language, at all;q=x|en",
                "''|en"
            })
    void speaksTheBrowsersLanguage(String accepted, String language) {
        given().header("Accept-Language", accepted)
                .get("/")
                .then()
                .statusCode(200)
                .header("Vary", containsString("Accept-Language"))
                .body(containsString("<html lang=\"" + language + "\">"))
                .body(containsString("zh".equals(language) ? "正在直播" : "Live now"));
    }

    @Test
    void passesOverAListOfLanguagesThatNoBrowserSends() {
        given().header("Accept-Language", "zh" + ",aaa".repeat(4000))
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("<html lang=\"en\">"));
    }

    @Test
    void letsNothingInThatIsNotOurs() {
        page("/")
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("script-src 'self'"),
                                containsString("style-src 'self'"),
                                not(containsString("unsafe"))))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"))
                .body(not(containsString("<style")))
                .body(not(containsString("style=")))
                .body(not(containsString("<script>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"019aa7a0-0000-7000-8000-000000000000", "019aa7a0"})
    void answersAnUnknownSessionWithAPage(String session) {
        given().urlEncodingEnabled(false)
                .header("Accept-Language", "zh")
                .get("/live/" + session)
                .then()
                .statusCode(404)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("没有这场直播"));
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/base.css,text/css",
        "/assets/stream.css,text/css",
        "/assets/live.js,text/javascript",
        "/assets/poster.svg,image/svg+xml",
        "/webjars/hls.js/1.4.12/dist/hls.light.min.js,text/javascript",
        "/webjars/chart.js/4.5.1/dist/chart.umd.min.js,text/javascript"
    })
    void servesWhatPagesLoad(String path, String type) {
        given().get(path)
                .then()
                .statusCode(200)
                .contentType(containsString(type))
                .header("X-Content-Type-Options", equalTo("nosniff"));
    }

    @Test
    void servesThePreactThatModulesName() {
        String module =
                given().get("/assets/view.js").then().statusCode(200).extract().asString();
        String preact = module.substring(module.indexOf("/webjars/"), module.lastIndexOf('\''));

        given().get(preact).then().statusCode(200).contentType(containsString("text/javascript"));
    }

    private static ValidatableResponse page(String path) {
        return given().get(path).then().statusCode(200).contentType("text/html");
    }
}
