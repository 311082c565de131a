package io.livesale.payout.fees;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Database;
import io.livesale.stack.Race;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class FeeProgrammesTest {
    private static final String TERMS = """
            {"name": "Zhashui", "counties": ["611026", "510100"], "feeBasisPoints": 100,
             "from": "2026-11-01T00:00:00Z", "to": "2026-12-01T00:00:00Z"}
            """;

    private final String id = UUID.randomUUID().toString();

    @Test
    void keepsWhatItIsGivenAndTakesARepeat() {
        for (int i = 0; i < 2; i++) {
            put(id, TERMS)
                    .statusCode(200)
                    .body("programmeId", equalTo(id))
                    .body("name", equalTo("Zhashui"))
                    .body("counties", equalTo(List.of("510100", "611026")))
                    .body("feeBasisPoints", equalTo(100))
                    .body("from", equalTo("2026-11-01T00:00:00Z"))
                    .body("to", equalTo("2026-12-01T00:00:00Z"));
        }
    }

    /** Else payments of before would be charged the standard fee. */
    @Test
    void firstTermsStayTheFirstHoweverOftenTheyAreSentAtOnce() throws Exception {
        Callable<Integer> press = () -> put(id, TERMS).extract().statusCode();

        Race.run(Collections.nCopies(6, press)).forEach(status -> assertEquals(200, status));

        assertEquals("-infinity", Database.text("SELECT stands_from FROM fee_programme WHERE id = '" + id + "'"));
        assertEquals(1, Database.number("SELECT count(*) FROM audit_entry WHERE subject = '" + id + "'"));
    }

    @Test
    void replacesTheTermsAndNeedsNoEnd() {
        put(id, TERMS).statusCode(200);

        put(id, """
                {"name": "Open", "counties": ["611026"], "feeBasisPoints": 0, "from": "2026-11-01T08:00:00+08:00"}
                """)
                .statusCode(200)
                .body("name", equalTo("Open"))
                .body("from", equalTo("2026-11-01T00:00:00Z"))
                .body("to", nullValue());
    }

    @Test
    void listsProgrammesPageByPage() {
        put("0-a-" + id, TERMS).statusCode(200);
        put("0-b-" + id, TERMS).statusCode(200);

        String cursor = get("/fee-programmes?limit=1")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        get("/fee-programmes?limit=1&cursor=" + cursor).statusCode(200).body("items", hasSize(1));
        get("/fee-programmes?limit=200").body("items.programmeId", hasItem("0-b-" + id));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "Zhashui"                  | ""                       | name
            "Zhashui"                  | "  "                     | name
            "Zhashui"                  | null                     | name
            "Zhashui"                  | "a\\u0000b"              | name
            "Zhashui"                  | "\\ud800"               | name
            "Zhashui"                  | "a\\u202eb"              | name
            ["611026", "510100"]       | []                       | counties
            ["611026", "510100"]       | ["611026", ""]           | counties
            ["611026", "510100"]       | ["611026", null]         | counties
            ["611026", "510100"]       | ["611026", "-"]          | counties
            ["611026", "510100"]       | ["61 1026"]              | counties
            ["611026", "510100"]       | ["123456789012345678901234567890123"] | counties
            ["611026", "510100"]       | null                     | counties
            : 100,                    | : -1,                    | feeBasisPoints
            : 100,                    | : 10001,                 | feeBasisPoints
            : 100,                    | : null,                  | feeBasisPoints
            : 100,                    | : 1.5,                   | feeBasisPoints
            : 100,                    | : "100",                 | feeBasisPoints
            "2026-11-01T00:00:00Z"     | null                     | from
            "2026-11-01T00:00:00Z"     | "yesterday"              | from
            "2026-11-01T00:00:00Z"     | 1793491200               | from
            "2026-11-01T00:00:00Z"     | ""                       | from
            "2026-11-01T00:00:00Z"     | "+12026-11-01T00:00:00Z" | from
            "2026-12-01T00:00:00Z"     | ""                       | to
            "2026-12-01T00:00:00Z"     | "2026-11-01T00:00:00Z"   | to
            "2026-12-01T00:00:00Z"     | "2026-11-01T00:00:00.0000005Z" | to
            "2026-12-01T00:00:00Z"     | "+12026-11-01T00:00:00Z" | to
            "name"                     | "surprise": 1, "name"    | surprise
            """)
    void refusesTermsThatCannotBe(String right, String wrong, String field) {
        put(id, TERMS.replace(right, wrong))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations.field", hasItem(equalTo(field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{"})
    void refusesABodyThatIsNone(String body) {
        put(id, body).statusCode(400).body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void takesCountyCodesAsTheCatalogWritesThem() {
        put(id, TERMS.replace("510100", "a.B_c-12345678901234567890123456")).statusCode(200);
    }

    @Test
    void takesTheShortestTimeTheDatabaseCanTellApart() {
        put(id, TERMS.replace("2026-12-01T00:00:00Z", "2026-11-01T00:00:00.000001Z"))
                .statusCode(200)
                .body("to", equalTo("2026-11-01T00:00:00.000001Z"));
    }

    @Test
    void listsAProgrammeThatWasStoredWithACountyTwice() throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO fee_programme (id, name, counties, fee_basis_points, valid_from)
                    VALUES ('0-twice', 'by hand', '{611026, 611026}', 500, '2000-01-01')
                    """);
        }

        get("/fee-programmes?limit=200")
                .statusCode(200)
                .body("items.find { it.programmeId == '0-twice' }.counties", equalTo(List.of("611026")));
    }

    @Test
    void givesUpWaitingForALock() throws SQLException {
        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE fee_programme IN ACCESS EXCLUSIVE MODE");

            put(id, TERMS).statusCode(503).body("code", equalTo("UNAVAILABLE"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "cursor=-", "cursor=%00", "cursor=zzz"})
    void refusesALimitOrCursorThatIsNone(String query) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/fee-programmes?" + query)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(query.split("=")[0]));
    }

    @Test
    void takesEveryRateFromNothingToAll() {
        put(id, TERMS.replace("100,", "0,")).statusCode(200);
        put(id, TERMS.replace("100,", "10000,")).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"under_score", "a b", "-a", "12345678901234567890123456789012345678901234567890123456789012345"})
    void refusesAnIdThatIsNoSlug(String wrong) {
        put(wrong, TERMS).statusCode(400).body("violations[0].field", equalTo("id"));
    }

    @Test
    void isForOperatorsOnly() {
        given().contentType(ContentType.JSON)
                .body(TERMS)
                .put("/fee-programmes/" + id)
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.of("coop", "seller", "creator", "buyer"))
                .contentType(ContentType.JSON)
                .body(TERMS)
                .put("/fee-programmes/" + id)
                .then()
                .statusCode(403);
        given().get("/fee-programmes").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of("coop", "seller"))
                .get("/fee-programmes")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse put(String id, String body) {
        return given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .contentType(ContentType.JSON)
                .body(body)
                .put("/fee-programmes/{id}", id)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().auth().oauth2(Tokens.of("ops", "operator")).get(path).then();
    }
}
