package io.livesale.payout.accounts;

import static io.livesale.payout.Till.as;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.livesale.payout.Database;
import io.livesale.payout.LogLines;
import io.livesale.payout.MovableClock;
import io.livesale.payout.Till;
import io.livesale.stack.Race;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class PayoutAccountTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    MovableClock clock;

    private final String payee = Till.newUser();
    private final String number = Till.newAccount();

    @Test
    void isVerifiedAtOnceAndShownMasked() {
        put(number)
                .statusCode(200)
                .body("kind", equalTo("BANK"))
                .body("holder", equalTo("Zhashui Co-operative"))
                .body("account", equalTo("****" + number.substring(number.length() - 4)))
                .body("status", equalTo("VERIFIED"))
                .body("version", equalTo(1))
                .body("reason", nullValue());

        get().statusCode(200)
                .body("account", equalTo("****" + number.substring(number.length() - 4)))
                .body("status", equalTo("VERIFIED"));
    }

    @Test
    void standsNowhereInTheDatabaseOrTheLog() throws SQLException {
        try (LogLines log = LogLines.capture()) {
            put(number).statusCode(200);
            put("6222000207").statusCode(200);
            as(payee, "seller")
                    .body("{\"kind\": \"BANK\", \"holder\": \"Lin\", \"account\": \"" + number + ";\"}")
                    .put("/payout-accounts/me")
                    .then()
                    .statusCode(400);

            assertFalse(String.join("\n", log.all()).contains(number.substring(0, 8)));
        }
        assertFalse(everyRow("payout_account").contains(number), "in payout_account");
        assertFalse(everyRow("audit_entry").contains(number), "in audit_entry");
        assertFalse(everyRow("audit_entry").contains("****"), "not even masked");
    }

    @Test
    void staysTheSameWhenItIsSaidAgain() throws SQLException {
        put(number).statusCode(200);

        put(number.substring(0, 4) + " " + number.substring(4)).body("version", equalTo(1));

        assertEquals(1, audited());
    }

    @Test
    void isAnotherVersionWhenItChanges() throws SQLException {
        put(number).statusCode(200);

        put(Till.newAccount()).body("version", equalTo(2)).body("status", equalTo("VERIFIED"));

        get().body("version", equalTo(2));
        assertEquals(2, audited());
    }

    /** Ten changes within a day: the tenth counts, the eleventh waits until the first is a day old. */
    @Test
    void changesSoOftenAndNoMore() throws SQLException {
        try {
            Instant first = Instant.parse("2026-11-21T12:00:00Z");
            for (int change = 1; change <= 10; change++) {
                clock.moveTo(first.plusSeconds(60L * (change - 1)));
                put(Till.newAccount()).statusCode(200).body("version", equalTo(change));
            }
            clock.moveTo(first.plus(Duration.ofDays(1)).minusMillis(1));
            put(number).statusCode(429).header("Retry-After", "1").body("code", equalTo("TOO_MANY_CHANGES"));
            clock.moveTo(first.plusSeconds(600));
            put(number).statusCode(429).header("Retry-After", equalTo(Integer.toString(86_400 - 600)));
            assertEquals(10, audited());

            clock.moveTo(first.plus(Duration.ofDays(1)));
            put(number).statusCode(200).body("version", equalTo(11));
            put(Till.newAccount()).statusCode(429).header("Retry-After", "60");
        } finally {
            clock.run();
        }
    }

    @Test
    void isOneVersionWhenManySayItAtOnce() throws Exception {
        Callable<Integer> call = () -> put(number).statusCode(200).extract().path("version");

        Race.run(Collections.nCopies(8, call)).forEach(version -> assertEquals(1, version));

        assertEquals(1, audited());
    }

    @Test
    void tellsWhyItWasRejectedAndLooksAgainWhenAsked() {
        put("6222000207")
                .statusCode(200)
                .body("status", equalTo("REJECTED"))
                .body("reason", equalTo("The holder has another name."));

        put("6222000207").body("version", equalTo(2)).body("status", equalTo("REJECTED"));

        assertEquals(true, Till.asked("6222000207").getList("$").size() >= 2);
    }

    @Test
    void isRejectedWhenTheProviderCannotReadIt() {
        put("6222000422").body("status", equalTo("REJECTED")).body("reason", equalTo("This is no account number."));
    }

    @Test
    void waitsForAProviderThatIsAway() {
        String away = number.substring(0, number.length() - 3) + "503";

        put(away).statusCode(200).body("status", equalTo("PENDING"));

        await().atMost(SOON).untilAsserted(() -> get().body("status", equalTo("VERIFIED")));
        assertEquals(3, Till.asked(away).getList("$").size());
    }

    @Test
    void asksNoMoreForOneThatWasReplaced() throws SQLException {
        String away = number.substring(0, number.length() - 3) + "502";
        put(away).body("status", equalTo("PENDING"));

        put(number).body("status", equalTo("VERIFIED"));

        assertEquals(
                1,
                Database.number("SELECT count(*) FROM payout_account WHERE user_id = '" + payee
                        + "' AND version = 1 AND status = 'REJECTED' AND next_check_at IS NULL"));
    }

    @Test
    void takesTheNameOfAWallet() {
        as(payee, "creator")
                .body("{\"kind\": \"WALLET\", \"holder\": \" 小美 \", \"account\": \"xiaomei@wallet.example\"}")
                .put("/payout-accounts/me")
                .then()
                .statusCode(200)
                .body("kind", equalTo("WALLET"))
                .body("holder", equalTo("小美"))
                .body("account", equalTo("****mple"));
    }

    @Test
    void isNobodyElsesToSee() {
        put(number).statusCode(200);

        as(Till.newUser(), "seller")
                .get("/payout-accounts/me")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"kind": "CASH", "holder": "Lin", "account": "62220212"}            | kind
            {"holder": "Lin", "account": "62220212"}                            | kind
            {"kind": "BANK", "account": "62220212"}                             | holder
            {"kind": "BANK", "holder": " ", "account": "62220212"}              | holder
            {"kind": "BANK", "holder": "a\\u0000b", "account": "62220212"}      | holder
            {"kind": "BANK", "holder": "a\\u202eb", "account": "62220212"}      | holder
            {"kind": "BANK", "holder": "\\u200b", "account": "62220212"}       | holder
            {"kind": "BANK", "holder": "Lin"}                                   | account
            {"kind": "BANK", "holder": "Lin", "account": ""}                    | account
            {"kind": "BANK", "holder": "Lin", "account": "123"}                 | account
            {"kind": "BANK", "holder": "Lin", "account": "1234;567"}            | account
            {"kind": "BANK", "holder": "Lin", "account": 62220212}              | account
            {"kind": "BANK", "holder": "Lin", "account": "62220212", "iban": 1} | iban
            """)
    void refusesWhatIsNoAccount(String body, String field) {
        as(payee, "seller")
                .body(body)
                .put("/payout-accounts/me")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations[0].field", equalTo(field));
        get().statusCode(404);
    }

    @Test
    void refusesAHolderThatIsTooLong() {
        as(payee, "seller")
                .body("{\"kind\": \"BANK\", \"holder\": \"" + "a".repeat(101) + "\", \"account\": \"62220212\"}")
                .put("/payout-accounts/me")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("holder"));
    }

    @Test
    void isForSellersAndCreatorsOnly() {
        given().get("/payout-accounts/me").then().statusCode(401);
        given().contentType(ContentType.JSON)
                .body("{}")
                .put("/payout-accounts/me")
                .then()
                .statusCode(401);
        as(payee, "buyer", "operator").get("/payout-accounts/me").then().statusCode(403);
        as(payee, "buyer", "operator")
                .body("{}")
                .put("/payout-accounts/me")
                .then()
                .statusCode(403);
    }

    private ValidatableResponse put(String account) {
        return Till.giveAccount(payee, account);
    }

    private ValidatableResponse get() {
        return as(payee, "seller").get("/payout-accounts/me").then();
    }

    private long audited() throws SQLException {
        return Database.number("SELECT count(*) FROM audit_entry WHERE action = 'PAYOUT_ACCOUNT_CHANGED' AND actor = '"
                + payee + "' AND subject = '" + payee + "'");
    }

    private static String everyRow(String table) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT string_agg(t::text, ' ') FROM " + table + " t")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
