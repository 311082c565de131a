package io.livesale.catalog.watching;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DeskPagesTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)/[^\"]+)\"");
    private static final Pattern IMPORTED =
            Pattern.compile("from '\\./([^']+)'|^import '\\./([^']+)'", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({
        "/me/sessions,zh,我的直播",
        "/me/sessions,en,My sessions",
        "/admin,zh,运营台",
        "/admin,en,Operations",
    })
    void speaksTheBrowsersLanguage(String path, String language, String title) {
        given().header("Accept-Language", language)
                .get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Vary", containsString("Accept-Language"))
                .body(containsString("<html lang=\"" + language + "\">"))
                .body(containsString("<title>" + title))
                .body(containsString("data-token-url=\"/dev/session\""))
                .body(containsString("data-sign-in-url=\"/dev/sign-in\""))
                .body(containsString("<noscript>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me/sessions", "/admin"})
    void letsNothingInThatIsNotOurs(String path) {
        given().get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("script-src 'self'"),
                                containsString("style-src 'self'"),
                                not(containsString("unsafe"))))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo("no-store"))
                .body(not(containsString("<style")))
                .body(not(containsString("style=")))
                .body(not(containsString("<script>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me/sessions", "/admin"})
    void servesWhatThePageLoads(String path) {
        List<String> files = found(LOADED, given().get(path).asString());

        for (String file : files) {
            String content = given().get(file).then().statusCode(200).extract().asString();
            if (file.startsWith("/assets/") && file.endsWith(".js")) {
                found(IMPORTED, content)
                        .forEach(module ->
                                given().get("/assets/" + module).then().statusCode(200));
            }
        }
        given().get("/assets/desk.css").then().contentType(containsString("text/css"));
    }

    /** The desks are where something can be done; nobody needs the chart elsewhere. */
    @Test
    void drawsAChartOnTheCreatorsDeskOnly() {
        given().get("/me/sessions").then().body(containsString("/chart.umd.min.js"));
        given().get("/admin").then().body(not(containsString("/webjars/")));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(DeskPagesTest::firstGroup).toList();
    }

    private static String firstGroup(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
