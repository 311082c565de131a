package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevSignInTest {
    @RegisterExtension
    static final LocalGateway GATEWAY =
            new LocalGateway(request -> request.response().setStatusCode(500).end());

    @Test
    void givesAPageTheTokenOfWhoeverIsSignedIn() {
        String cookie = signIn("lin", "/live/1?a=b")
                .then()
                .statusCode(303)
                .header("Location", equalTo("/live/1?a=b"))
                .header("Set-Cookie", allOf(containsStringIgnoringCase("HttpOnly"), containsString("SameSite=Lax")))
                .extract()
                .cookie("dev-session");

        String token = session(cookie)
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("subject", equalTo("lin"))
                .body("name", equalTo("Lin"))
                .body("roles", hasItems("buyer"))
                .extract()
                .path("token");
        assertEquals("lin", claims(token).getString("sub"));
    }

    @ParameterizedTest
    @CsvSource({
        "demo-creator,creator",
        "demo-cooperative,seller",
        "demo-operator,operator",
        "somebody new,buyer",
        "小美,buyer"
    })
    void knowsWhatEachMayDo(String subject, String role) {
        String cookie = signIn(subject, "/").cookie("dev-session");

        String token = session(cookie)
                .then()
                .body("subject", equalTo(subject))
                .extract()
                .path("token");

        assertEquals(role, claims(token).getJsonArray("groups").getString(0));
    }

    @Test
    void knowsNobodyWithoutACookie() {
        given().baseUri(GATEWAY.origin)
                .get("/dev/session")
                .then()
                .statusCode(401)
                .contentType(Problems.MEDIA_TYPE);
        session("").then().statusCode(401);
        session("%").then().statusCode(401);
    }

    @Test
    void signsOut() {
        given().baseUri(GATEWAY.origin)
                .redirects()
                .follow(false)
                .cookie("dev-session", "lin")
                .formParam("returnUrl", "/live/1")
                .post("/dev/sign-out")
                .then()
                .statusCode(303)
                .header("Location", equalTo("/live/1"))
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "live/1",
                "/\t/evil.example",
                "/live\r\nX: y"
            })
    void leadsNowhereElse(String returnUrl) {
        signIn("lin", returnUrl).then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
        given().baseUri(GATEWAY.origin)
                .queryParam("returnUrl", returnUrl)
                .get("/dev/sign-in")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "12345678901234567890123456789012345678901234567890123456789012345"})
    void needsAName(String subject) {
        signIn(subject, "/").then().statusCode(400);
    }

    @Test
    void showsDemoPeopleWithoutScripts() {
        given().baseUri(GATEWAY.origin)
                .queryParam("returnUrl", "/live/\"><script>")
                .get("/dev/sign-in")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("value=\"demo-creator\""))
                .body(containsString("/live/&quot;&gt;&lt;script&gt;"))
                .body(not(containsString("<script")));
    }

    private static Response signIn(String subject, String returnUrl) {
        return given().baseUri(GATEWAY.origin)
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded; charset=utf-8")
                .formParam("subject", subject)
                .formParam("returnUrl", returnUrl)
                .post("/dev/sign-in");
    }

    private static Response session(String cookie) {
        return given().baseUri(GATEWAY.origin)
                .header("Cookie", "dev-session=" + cookie)
                .get("/dev/session");
    }

    private static JsonObject claims(String token) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
    }
}
