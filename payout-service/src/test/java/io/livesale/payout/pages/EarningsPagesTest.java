package io.livesale.payout.pages;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Audit;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class EarningsPagesTest {
    private static final String OURS = "/earnings-assets/";
    /** What catalog-service serves on the same origin. */
    private static final Path THEIRS = Path.of("..", "catalog-service", "src/main/resources/META-INF/resources");

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/(?:assets|earnings-assets)/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?m)^(?:import|export) (?:.* from )?'([^']+)';");

    /** Who reads Chinese is told in Chinese why a payout waits: by these sentences the page knows its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Payouts of this size are looked at before they are sent.",
                "An earlier payout is looked at before this one is sent.",
                "It was replaced before it was verified.",
                "The provider gave no reason."
            })
    void knowsWhatTheServiceItselfGivesAsAReason(String reason) {
        given().get(OURS + "reasons.js").then().statusCode(200).body(containsString("'" + reason + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "/me/earnings,zh,我的收入",
        "/me/earnings,en,My earnings",
        "/me/earnings/statement,zh,月结单",
        "/me/earnings/statement,en,Statement",
        "/impact,zh,助农成效",
        "/impact,en,Impact",
        "/impact/audit,zh,审计日志",
        "/impact/audit,en,Audit log",
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
                .body(containsString("data-zone=\"Asia/Shanghai\""))
                .body(containsString("data-token-url=\"/dev/session\""))
                .body(containsString("data-sign-in-url=\"/dev/sign-in\""))
                .body(containsString("<noscript>"));
    }

    @Test
    void passesOverAListOfLanguagesThatNoBrowserSends() {
        given().header("Accept-Language", "zh" + ",aaa".repeat(4000))
                .get("/me/earnings")
                .then()
                .statusCode(200)
                .body(containsString("<html lang=\"en\">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me/earnings", "/me/earnings/statement", "/impact", "/impact/audit"})
    void letsNothingInThatIsNotOurs(String path) {
        given().get(path)
                .then()
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("script-src 'self'"),
                                containsString("style-src 'self'"),
                                not(containsString("unsafe"))))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"))
                .header("Cache-Control", equalTo("no-store"))
                .body(not(containsString("<style")))
                .body(not(containsString("style=")))
                .body(not(containsString("<script>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me/earnings", "/me/earnings/statement", "/impact", "/impact/audit"})
    void everyFileThatAPageLoadsIsServedHereOrByTheCatalog(String page) {
        Deque<String> toLoad = new ArrayDeque<>(found(LOADED, given().get(page).asString()));
        Set<String> loaded = new HashSet<>();

        while (!toLoad.isEmpty()) {
            String file = toLoad.pop();
            if (!loaded.add(file)) {
                continue;
            }
            if (!file.startsWith(OURS)) {
                assertTrue(Files.exists(THEIRS.resolve(file.substring(1))), file);
                continue;
            }
            String content = given().get(file).then().statusCode(200).extract().asString();
            found(IMPORTED, content)
                    .forEach(name -> toLoad.push(name.startsWith("./") ? OURS + name.substring(2) : name));
        }

        assertTrue(loaded.stream().filter(file -> file.startsWith(OURS)).count() >= 3, loaded::toString);
    }

    @Test
    void asksForItsOwnFilesAgainEachTime() {
        given().get(OURS + "earnings.css")
                .then()
                .statusCode(200)
                .contentType(containsString("text/css"))
                .header("Cache-Control", equalTo("no-cache"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
    }

    /** A translation that was forgotten would show up as nothing at all. */
    @Test
    void saysEverythingInBothLanguages() {
        String texts = given().get(OURS + "texts.js").asString();
        List<String> keys = found(Pattern.compile("(?m)^  '([^']+)': \\["), texts);

        assertEquals(Set.copyOf(keys).size(), keys.size());
        assertEquals(
                keys.size(),
                found(Pattern.compile("(?s)\\n  '([^']+)': \\[\\s*'[^']+',\\s*'[^']+',?\\s*\\],"), texts)
                        .size());
    }

    /** The log keeps what the page could not ask for by name. */
    @ParameterizedTest
    @EnumSource
    void namesEverythingThatIsAudited(Audit.Action action) {
        given().get(OURS + "texts.js").then().body(containsString("'audit." + action + "': ["));
        given().get(OURS + "audit.js").then().body(containsString("  '" + action + "',"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
