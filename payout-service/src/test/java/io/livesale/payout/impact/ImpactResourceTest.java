package io.livesale.payout.impact;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Database;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class ImpactResourceTest {
    private static final String REPORT = "/reports/impact?from=2099-01-01&to=2099-12-31";

    @Test
    void downloadsTheReportAsCsv() {
        String csv = operator()
                .accept("text/csv")
                .get(REPORT)
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .header("Content-Disposition", "attachment; filename=\"impact-2099-01-01-2099-12-31.csv\"")
                .extract()
                .asString();

        assertEquals(3, csv.split("\r\n").length, csv);
        assertTrue(csv.startsWith("part,day,"), csv);
    }

    @Test
    void answersJsonToWhoeverTakesAnything() {
        operator().accept("*/*").get(REPORT).then().statusCode(200).contentType(containsString("application/json"));
    }

    @Test
    void isAboutThirtyDaysUnlessSaid() {
        String from = operator()
                .get("/reports/impact")
                .then()
                .statusCode(200)
                .extract()
                .path("from");
        String to = operator().get("/reports/impact").then().extract().path("to");

        assertEquals(LocalDate.parse(to), LocalDate.parse(from).plusDays(29));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday&to=2026-11-21, from",
        "from=2026-11-22&to=2026-11-21, to",
        "from=2026-01-01&to=2027-01-02, to"
    })
    void refusesWhatAreNoDaysAndNamesTheField(String query, String field) {
        for (String type : new String[] {"application/json", "text/csv"}) {
            operator()
                    .accept(type)
                    .get("/reports/impact?" + query)
                    .then()
                    .statusCode(400)
                    .contentType(startsWith("application/problem+json"))
                    .body("code", equalTo("INVALID_REQUEST"))
                    .body("violations.field", hasItem(field));
        }
    }

    @Test
    void saysThatAReportTakesTooLong() throws SQLException {
        try (Connection owner = Database.asOwner();
                Connection service = Database.asRuntimeRole()) {
            owner.setAutoCommit(false);
            owner.createStatement().execute("LOCK TABLE order_standing IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<ValidatableResponse> report = CompletableFuture.supplyAsync(
                    () -> operator().get("/reports/impact").then());

            await().atMost(Duration.ofSeconds(2)).until(() -> cutOffReports(service) > 0);

            report.join().statusCode(422).body("code", equalTo("REPORT_TOO_LARGE"));
        }
    }

    /** As PostgreSQL does it by itself once the time of a statement is over. */
    private static int cutOffReports(Connection service) throws SQLException {
        try (ResultSet cut = service.createStatement()
                .executeQuery("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND query LIKE '%sale_left%'")) {
            cut.next();
            return cut.getInt(1);
        }
    }

    @Test
    void isForOperatorsOnly() {
        given().get(REPORT).then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        given().auth()
                .oauth2(Tokens.of("xiaomei", "seller", "creator", "buyer"))
                .get(REPORT)
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reports/impact;x=1", "/reports/%69mpact", "//reports/impact", "/reports%2Fimpact"})
    void noWayOfWritingThePathGoesRoundTheGuard(String path) {
        int status = given().urlEncodingEnabled(false).get(path).statusCode();

        assertTrue(status == 400 || status == 401 || status == 404, path + " answered " + status);
    }

    private static RequestSpecification operator() {
        return given().auth().oauth2(Tokens.of("ops", "operator"));
    }
}
