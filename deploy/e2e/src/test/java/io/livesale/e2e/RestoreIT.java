package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.stack.Folders;
import io.livesale.stack.FreePort;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A restore of the database of payout-service: it comes back as it was before a settlement, whose money has left. Nobody is
 * paid for it again. Orders that are to be read again are not part of it.
 */
@Tag("long")
class RestoreIT {
    private static final Path FOLDER =
            Path.of("target", "system", "restore-" + System.currentTimeMillis()).toAbsolutePath();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> SETTINGS = Map.of(
            "PAYOUT_SETTLEMENT_CRON", "off",
            "PAYOUT_SENDING_PAUSE", "PT0S",
            "PAYOUT_SETTLEMENT_PERIOD_STANDARD", "PT0S",
            "PAYOUT_RELEASING_CHECK", "PT1S");

    private static final String PAYOUTS = "payout-service";

    private static Parts system;

    @BeforeAll
    static void start() throws InterruptedException {
        system = Parts.open(FOLDER, FreePort.firstOfTen());
        system.startPostgres();
        system.startKafka();
        system.startServices(system.local().services(), SETTINGS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void nobodyIsPaidTwiceAfterARestore() throws IOException, InterruptedException {
        SoldJar jar = releasedJar();
        Person seller = jar.seller();
        seller.put("/payout-accounts/me", Map.of("kind", "BANK", "holder", "Zhashui", "account", "6222021234567890123"))
                .then()
                .body("status", equalTo("VERIFIED"));
        system.stop("catalog-service");
        system.stop("order-service");
        system.stop(PAYOUTS);
        system.stop(Parts.POSTGRES);
        Path backup = FOLDER.resolve("backup");
        copy(system.local().postgresFolder(), backup);

        system.startPostgres();
        system.startServices(List.of(PAYOUTS), SETTINGS);
        settle("before-the-fire");
        await().atMost(SOON).untilAsserted(() -> payouts(seller).body("items.status", equalTo(List.of("PAID"))));

        system.stop(PAYOUTS);
        system.stop(Parts.POSTGRES);
        Folders.delete(system.local().postgresFolder());
        copy(backup, system.local().postgresFolder());
        system.startPostgres();
        Map<String, String> careful = new HashMap<>(SETTINGS);
        careful.put("PAYOUT_PAYING", "false");
        system.startServices(List.of(PAYOUTS), careful);
        payouts(seller).body("items", empty());
        earnings(seller, "available", 4717);

        settle("after-the-fire");
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .untilAsserted(() ->
                        operator().get("/settlements/after-the-fire").then().body("status", equalTo("RUNNING")));
        payouts(seller).body("items", empty());

        operator()
                .post("/payouts/recovery")
                .then()
                .statusCode(200)
                .body("missing", equalTo(1), "booked", equalTo(1), "payouts[0].status", equalTo("PAID"));
        operator().get("/payouts/recovery").then().body("missing", equalTo(0));
        earnings(seller, "available", 0);
        earnings(seller, "paid", 4717);

        system.stop(PAYOUTS);
        system.startServices(List.of(PAYOUTS), SETTINGS);
        await().atMost(SOON)
                .untilAsserted(() -> operator()
                        .get("/settlements/after-the-fire")
                        .then()
                        .body("status", equalTo("DONE"), "payouts", equalTo(0)));
        assertEquals(
                List.of(4717),
                given().get(system.origin() + "/sandbox/psp/payouts").path("items.amount.amount"));
        operator()
                .get("/ledger/verification")
                .then()
                .body("unbalanced", equalTo(0), "driftedBalances", equalTo(0), "wrongPayouts", equalTo(0))
                .body("overpaid", equalTo(0));
    }

    /** Three jars whose money is the co-operative's to have. */
    private static SoldJar releasedJar() {
        String origin = system.origin();
        operator().put("/counties/611026", Map.of("name", "Zhashui", "province", "Shaanxi", "designated", true));
        operator()
                .put(
                        "/fee-programmes/designated",
                        Map.of(
                                "name",
                                "Designated counties",
                                "counties",
                                List.of("611026"),
                                "feeBasisPoints",
                                100,
                                "from",
                                "2026-01-01T00:00:00Z"));
        Person creator = Person.signIn(origin, "xiaomei", "creator");
        creator.put("/creators/me", Map.of("displayName", "Xiaomei"));
        operator().put("/creators/xiaomei/verification", Map.of("status", "VERIFIED", "reason", "Papers seen"));
        LiveSession session = LiveSession.start(creator, "Mountain evening");
        Person seller = Person.signIn(origin, "zhashui-coop", "seller");
        Person buyer = Person.signIn(origin, "lin", "buyer");
        String offer = session.sell(seller, "Mushroom paste", 5, Map.of());
        String order = buyer.buy(offer, 3, UUID.randomUUID().toString()).path("orderId");
        buyer.pay(order);
        await().atMost(SOON)
                .untilAsserted(() -> buyer.get("/orders/" + order).then().body("status", equalTo("PAID")));
        return new SoldJar(session.id(), seller, buyer, order)
                .delivered()
                .completed()
                .released();
    }

    private static Person operator() {
        return Person.signIn(system.origin(), "staff", "operator");
    }

    private static void settle(String id) {
        operator().post("/settlements", Map.of("settlementId", id)).then().statusCode(202);
    }

    private static ValidatableResponse payouts(Person seller) {
        return operator().get("/payouts?userId=" + seller.id()).then().statusCode(200);
    }

    private static void earnings(Person seller, String stage, int fen) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        seller.get("/earnings/me").then().body("items." + stage + ".amount", everyItem(equalTo(fen))));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
