package io.livesale.e2e;

import static io.livesale.e2e.LiveSession.yuan;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.stack.FreePort;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One live sale from the creator's verification to the farmer's earnings, and the same system stopped and started. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveSaleIT {
    private static final Path DATA = Path.of("target", "system", "run-" + System.currentTimeMillis(), "data")
            .toAbsolutePath();
    private static final int PORT = FreePort.firstOfTen();
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Callers' wishes: not to be sampled, and to be. */
    private static final String LOWER_HALF = "00-4bf92f3577b34da60000000000000001-00f067aa0ba902b7-00";

    private static final String UPPER_HALF = "00-4bf92f3577b34da67fffffffffffffff-00f067aa0ba902b7-01";
    private static final TraceCollector COLLECTOR = new TraceCollector();

    private static LocalSystem system;
    private static Person operator;
    private static Person creator;
    private static Person seller;
    private static Person lin;
    private static Person wang;
    private static String productId;
    private static String sessionId;
    private static String offerId;
    private static String orderId;

    @BeforeAll
    static void startTheSystem() {
        system = LocalSystem.start(DATA, PORT, COLLECTOR.settings(), "--no-demo");
        operator = Person.signIn(system.origin(), "staff", "operator");
        creator = Person.signIn(system.origin(), "xiaomei", "creator");
        seller = Person.signIn(system.origin(), "zhashui-coop", "seller");
        lin = Person.signIn(system.origin(), "lin", "buyer");
        wang = Person.signIn(system.origin(), "wang", "buyer");
    }

    @AfterAll
    static void stopTheSystem() {
        system.close();
        COLLECTOR.close();
    }

    @Test
    @Order(1)
    void aCreatorSetsUpASaleButOpensNothingUnverified() {
        operator.put("/counties/611026", Map.of("name", "Zhashui", "province", "Shaanxi", "designated", true))
                .then()
                .statusCode(200);
        operator.put(
                        "/fee-programmes/designated",
                        Map.of(
                                "name",
                                "Designated counties",
                                "counties",
                                List.of("611026"),
                                "feeBasisPoints",
                                100,
                                "from",
                                "2026-01-01T00:00:00Z"))
                .then()
                .statusCode(200);
        creator.put("/creators/me", Map.of("displayName", "Xiaomei"))
                .then()
                .statusCode(200)
                .body("verification", equalTo("PENDING"));
        productId = seller.post(
                        "/products",
                        Map.of(
                                "title",
                                "Mushroom paste",
                                "county",
                                "611026",
                                "listPrice",
                                yuan(2990),
                                "commissionBasisPoints",
                                2000))
                .then()
                .statusCode(201)
                .extract()
                .path("productId");
        seller.post("/products/" + productId + "/stock-adjustments", Map.of("adjustmentId", "first", "delta", 2000))
                .then()
                .statusCode(200)
                .body("available", equalTo(2000));
        sessionId = creator.post("/sessions", Map.of("title", "Mountain evening"))
                .then()
                .statusCode(201)
                .extract()
                .path("sessionId");
        creator.post("/sessions/" + sessionId + "/start").then().statusCode(200);
        offerId = offer(10, null);

        creator.post("/offers/" + offerId + "/open")
                .then()
                .statusCode(409)
                .body("code", equalTo("CREATOR_NOT_VERIFIED"));
    }

    @Test
    @Order(2)
    void aVerifiedCreatorOpensAndPinsTheOffer() {
        operator.put("/creators/xiaomei/verification", Map.of("status", "VERIFIED", "reason", "Papers seen"))
                .then()
                .statusCode(200);

        creator.post("/offers/" + offerId + "/open").then().statusCode(200);
        creator.put("/sessions/" + sessionId + "/pin", Map.of("offerId", offerId))
                .then()
                .statusCode(200);

        wang.get("/sessions/" + sessionId).then().body("pinnedOfferId", equalTo(offerId));
        LiveSession.awaitOnSale(system.origin(), offerId);
    }

    @Test
    @Order(3)
    void theWorkedExampleStandsInTheLedgerToTheFen() {
        String key = UUID.randomUUID().toString();
        wang.pressing(UUID.randomUUID().toString(), 1, key)
                .header("traceparent", UPPER_HALF)
                .post(system.origin() + "/orders")
                .then()
                .statusCode(404);
        orderId = lin.pressing(offerId, 3, key)
                .header("traceparent", LOWER_HALF)
                .post(system.origin() + "/orders")
                .then()
                .statusCode(200)
                .body("status", equalTo("RESERVED"))
                .body("total.amount", equalTo(5970))
                .extract()
                .path("orderId");
        lin.buy(offerId, 3, key).then().body("orderId", equalTo(orderId));

        lin.pay(orderId);

        await().atMost(SOON)
                .untilAsserted(() -> lin.get("/orders/" + orderId).then().body("status", equalTo("PAID")));
        await().atMost(SOON)
                .untilAsserted(() -> seller.get("/earnings/me")
                        .then()
                        .body("items.find { it.currency == 'CNY' }.pending.amount", equalTo(4717)));
        creator.get("/earnings/me").then().body("items.find { it.currency == 'CNY' }.pending.amount", equalTo(1194));
        seller.get("/earnings/me/entries")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].orderId", equalTo(orderId))
                .body("items[0].gross.amount", equalTo(5970))
                .body("items[0].fee.amount", equalTo(59))
                .body("items[0].waivedFee.amount", equalTo(239))
                .body("items[0].commission.amount", equalTo(1194))
                .body("items[0].net.amount", equalTo(4717));
        operator.get("/ledger/verification")
                .then()
                .statusCode(200)
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0))
                .body("wrongSales", equalTo(0))
                .body("wrongRefunds", equalTo(0))
                .body("wrongPayouts", equalTo(0))
                .body("overpaid", equalTo(0))
                .body("transactions", equalTo(1));
    }

    /** Its own trace is the buyer's request's; the payment's and the ledger's parts are found there, too. */
    @Test
    @Order(4)
    void oneTraceFollowsTheOrderFromThePressToTheLedger() {
        Set<String> traceparents;
        try (Broker broker = new Broker(system.kafka())) {
            traceparents = broker.read("orders.v1").stream()
                    .filter(event -> event.key().equals(orderId))
                    .map(event -> event.headers().lastHeader("traceparent"))
                    .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                    .collect(Collectors.toSet());
        }
        assertEquals(1, traceparents.size(), "of all its events");
        String[] fields = traceparents.iterator().next().split("-");
        String traceId = fields[1];
        String press = fields[2];

        await().atMost(SOON)
                .untilAsserted(() -> assertEquals(
                        Set.of(
                                "order-service POST /orders",
                                "order-service decide order.reserved",
                                "order-service decide order.paid",
                                "payout-service post order.paid"),
                        COLLECTOR.trace(traceId).stream()
                                .map(span -> span.service() + " " + span.name())
                                .collect(Collectors.toSet())));
        for (TraceCollector.Seen span : COLLECTOR.trace(traceId)) {
            assertEquals(
                    span.name().equals("POST /orders"), span.id().equals(press), "the press is what the rest hangs on");
            assertEquals(span.id().equals(press) ? LOWER_HALF.split("-")[2] : press, span.parent(), span.name());
        }
        assertEquals(LOWER_HALF.split("-")[1], traceId);
        assertEquals(List.of(), COLLECTOR.trace(UPPER_HALF.split("-")[1]), "who are sampled is ours to say");
    }

    @Test
    @Order(5)
    void strangersAndForgersGetNothing() {
        wang.get("/orders/" + orderId).then().statusCode(404);
        given().get(system.origin() + "/orders/" + orderId).then().statusCode(401);
        given().contentType(ContentType.JSON)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", Instant.now().getEpochSecond())
                .header("webhook-signature", "v1,Zm9yZ2Vk")
                .body("{}")
                .post(system.origin() + "/payments/webhook")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    @Test
    @Order(6)
    void aSpikeOversellsNothingAndLosesNothing() {
        String hot = offer(1000, 2);
        creator.post("/offers/" + hot + "/open").then().statusCode(200);
        LiveSession.awaitOnSale(system.origin(), hot);

        LocalSystem.Spike spike = system.spike("--offer", hot, "--orders", "2000", "--buyers", "1200");

        assertEquals(0, spike.exitCode(), spike.output());
        given().get(system.origin() + "/availability/" + hot)
                .then()
                .body("remaining", equalTo(0))
                .body("reserved", equalTo(1000));
    }

    @Test
    @Order(7)
    void closingGivesTheUnsoldBack() {
        creator.post("/offers/" + offerId + "/close").then().statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() -> seller.get("/products/" + productId)
                        .then()
                        .body("stock.available", equalTo(2000 - 1000 - 3))
                        .body("stock.sold", equalTo(3)));
        wang.buy(offerId, 1, UUID.randomUUID().toString())
                .then()
                .statusCode(409)
                .body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    @Order(8)
    void stoppedAndStartedAgainEverythingIsThere() {
        system.close();
        assertTrue(system.leavesNothingRunning());
        system = LocalSystem.start(DATA, PORT, "--no-demo");

        lin.get("/orders/" + orderId).then().statusCode(200).body("status", equalTo("PAID"));
        seller.get("/earnings/me").then().body("items[0].pending.amount", equalTo(4717));
        given().get(system.origin() + "/sessions?status=LIVE").then().body("items.sessionId", hasItem(sessionId));
        String next = offer(5, null);
        creator.post("/offers/" + next + "/open").then().statusCode(200);
        LiveSession.awaitOnSale(system.origin(), next);
        wang.buy(next, 1, UUID.randomUUID().toString()).then().statusCode(200).body("status", equalTo("RESERVED"));
        operator.get("/ledger/verification")
                .then()
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0))
                .body("wrongSales", equalTo(0))
                .body("wrongRefunds", equalTo(0))
                .body("wrongPayouts", equalTo(0))
                .body("overpaid", equalTo(0));
    }

    private static String offer(int allotment, Integer limit) {
        Map<String, Object> body = limit == null
                ? Map.of("productId", productId, "price", yuan(1990), "allotment", allotment)
                : Map.of("productId", productId, "price", yuan(1990), "allotment", allotment, "perBuyerLimit", limit);
        return creator.post("/sessions/" + sessionId + "/offers", body)
                .then()
                .statusCode(201)
                .extract()
                .path("offerId");
    }
}
