package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.stack.FreePort;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A settlement whose replicas of payout-service are killed at random moments, while payouts are made, sent and reported,
 * pays everybody once: at the provider, in the ledger and in the events. Few payees in every build; many by hand:
 * {@code -Dit.test=SettlementIT -Dsettlement.payees=100000}.
 */
@Tag("long")
class SettlementIT {
    private static final int PAYEES = Integer.getInteger("settlement.payees", 120);
    private static final int KILLS = 3;
    /** What there is to be done: every payout is made, and every payout is paid. */
    private static final int ALL = 2 * PAYEES;
    /** {@code -Dsettlement.seed=…} kills at the same moments again. */
    private static final long SEED =
            Long.getLong("settlement.seed", ThreadLocalRandom.current().nextLong());

    private static final List<String> REPLICAS = List.of("payout-service", "payout-service-2");
    private static final Duration SOON = Duration.ofMinutes(2).plusMillis(PAYEES * 10L);
    private static final Path DATA = Path.of("target", "system", "settlement-" + System.currentTimeMillis(), "data")
            .toAbsolutePath();
    private static final int PORT = FreePort.firstOfTen();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static LocalSystem system;
    private static Person operator;

    /** Small pages for few payees, so that there is a middle to be killed in. */
    @BeforeAll
    static void startTheSystem() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "PAYOUT_SETTLEMENT_CRON", "off",
                "PAYOUT_SETTLEMENT_PERIOD_STANDARD", "PT0S",
                "PAYOUT_RELEASING_CHECK", "PT0.5S",
                "PAYOUT_SETTLEMENT_PAGE", "" + Math.max(5, Math.min(500, PAYEES / 24)),
                "PAYOUT_SENDING_PAGE", "" + Math.max(4, Math.min(32, PAYEES / 30)),
                "PAYOUT_SENDING_PAUSE", "PT1S",
                "PAYOUT_SENDING_FIRST_RETRY", "PT3S",
                "PAYOUT_SENDING_LONGEST_RETRY", "PT10S",
                "PAYOUT_SENDING_ASK_AGAIN", "PT10S"));
        if (PAYEES > 1000) {
            settings.putAll(LocalSystem.COMPILED_WELL);
        }
        system = LocalSystem.start(DATA, PORT, settings, "--no-demo", "--payout-replicas", "2");
        operator = Person.signIn(system.origin(), "staff", "operator");
    }

    @AfterAll
    static void stopTheSystem() {
        system.close();
    }

    @Test
    void paysEverybodyOnceThoughItsReplicasAreKilled() throws SQLException {
        Random random = new Random(SEED);
        given().contentType(ContentType.JSON)
                .body(Map.of("payouts", "repeat"))
                .post(system.origin() + "/sandbox/psp/behaviour")
                .then()
                .statusCode(200);
        IntStream.range(0, PAYEES).parallel().forEach(SettlementIT::giveAccount);
        await().atMost(SOON).until(() -> count("payout_account", "status = 'VERIFIED'") == PAYEES);
        PaidGifts.to(PAYEES, system.kafka());
        await().atMost(SOON).until(() -> count("account_balance", "account LIKE 'party:payee-%:available'") == PAYEES);

        operator.post("/settlements", Map.of("settlementId", "e2e")).then().statusCode(202);
        for (int moment : random.ints(KILLS, 1, ALL * 9 / 10).sorted().toArray()) {
            await("seed " + SEED)
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(SettlementIT::done, greaterThanOrEqualTo(moment));
            await().atMost(SOON).until(() -> REPLICAS.stream().anyMatch(system::isRunning));
            List<String> running = REPLICAS.stream().filter(system::isRunning).toList();
            system.kill(running.get(random.nextInt(running.size())));
            assertThat("interrupted, seed " + SEED, done(), lessThan(ALL));
        }

        await("seed " + SEED).atMost(SOON).until(() -> count("payout", "status = 'PAID'") == PAYEES);
        await().atMost(SOON).until(() -> REPLICAS.stream().allMatch(system::isRunning));
        await().atMost(SOON)
                .untilAsserted(() -> operator.get("/settlements/e2e").then().body("status", equalTo("DONE")));
        assertPaidOnceAtTheProvider();
        assertTheLedgerSaysSo();
        assertTheEventsSaySo();
        operator.post("/settlements", Map.of("settlementId", "e2e"))
                .then()
                .statusCode(202)
                .body("status", equalTo("DONE"))
                .body("payouts", equalTo(PAYEES));
        assertPaidOnceAtTheProvider();
    }

    /** With the JDK's client, which is fast enough for a hundred thousand. */
    private static void giveAccount(int payee) {
        String id = PaidGifts.payee(payee);
        JsonObject person = JsonObject.of("subject", id, "roles", JsonArray.of("creator"));
        String token = call("POST", "/dev/tokens", Map.of(), person).getString("token");
        call(
                "PUT",
                "/payout-accounts/me",
                Map.of("Authorization", "Bearer " + token),
                JsonObject.of("kind", "BANK", "holder", id, "account", account(payee)));
    }

    private static JsonObject call(String method, String path, Map<String, String> headers, JsonObject body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(system.origin() + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode()));
        headers.forEach(request::header);
        try {
            return new JsonObject(
                    CLIENT.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends in no four zeros, for the sandbox knows no such account. */
    private static String account(int payee) {
        return "6222%08d1".formatted(payee);
    }

    /** Payouts made and payouts paid. */
    private static int done() throws SQLException {
        return count("payout", "true") + count("payout", "status = 'PAID'");
    }

    private static void assertPaidOnceAtTheProvider() {
        Map<String, List<JsonObject>> byAccount = new JsonObject(
                        given().get(system.origin() + "/sandbox/psp/payouts").asString())
                .getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.groupingBy(payout -> payout.getString("account")));
        assertEquals(PAYEES, byAccount.size(), "seed " + SEED);
        for (int payee = 0; payee < PAYEES; payee++) {
            List<JsonObject> paid = byAccount.get(account(payee));
            assertEquals(1, paid.size(), "payee " + payee + ", seed " + SEED);
            assertEquals("PAID", paid.get(0).getString("status"));
            assertEquals(
                    PaidGifts.share(payee), paid.get(0).getJsonObject("amount").getLong("amount"));
        }
    }

    private static void assertTheLedgerSaysSo() throws SQLException {
        long expected = IntStream.range(0, PAYEES).mapToLong(PaidGifts::share).sum();
        assertEquals(expected, sum(":paid"));
        assertEquals(0, sum(":in-transit"));
        assertEquals(0, sum(":available"));
        operator.get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0))
                .body("wrongSales", equalTo(0))
                .body("wrongRefunds", equalTo(0))
                .body("wrongPayouts", equalTo(0))
                .body("overpaid", equalTo(0));
    }

    /** Copies are allowed, differences are not. */
    private static void assertTheEventsSaySo() {
        try (Broker broker = new Broker(system.kafka())) {
            OrderEvents events = await().atMost(SOON)
                    .until(
                            () -> OrderEvents.of(broker.read("payouts.v1").stream()),
                            told -> told.count("payout.paid") == PAYEES);
            assertEquals(PAYEES, events.count("payout.scheduled"));
            assertEquals(PAYEES, events.count("payout.in-transit"));
            assertThat(events.unequal(), empty());
        }
    }

    private static int count(String table, String condition) throws SQLException {
        return (int) number("SELECT count(*) FROM " + table + " WHERE " + condition);
    }

    private static long sum(String stage) throws SQLException {
        return number("SELECT coalesce(sum(balance), 0) FROM account_balance WHERE account LIKE 'party:payee-%" + stage
                + "'");
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = system.payouts();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
