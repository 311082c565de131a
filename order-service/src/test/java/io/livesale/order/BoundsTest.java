package io.livesale.order;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.tracking.UpdatesClient;
import io.livesale.stack.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service does at its bounds, with bounds narrow enough to reach. */
@OrderServiceTest
@TestProfile(BoundsTest.Narrow.class)
class BoundsTest {
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("order.intake.pace.burst", "3"),
                    Map.entry("order.intake.pace.per-second", "1"),
                    Map.entry("order.intake.pace.sellers.burst", "20"),
                    Map.entry("order.intake.pace.sellers.per-second", "1"),
                    Map.entry("order.intake.max-at-once", "4"),
                    Map.entry("order.intake.longest-body", "PT1M"),
                    Map.entry("order.intake.max-in-flight", "1"),
                    Map.entry("order.intake.no-op", "true"),
                    Map.entry("order.processing.max-batch", "1"),
                    Map.entry("order.tracking.max-streams", "4"),
                    Map.entry("order.tracking.max-streams-per-user", "2"),
                    Map.entry("order.tracking.longest-stream", "PT4S"));
        }
    }

    @Inject
    Market market;

    @Test
    void whoPressesTooFastIsToldWhenToComeBack() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        press(buyer, newKey(), offer, 1).then().statusCode(202);

        Response tooFast = pressUntil(429, () -> press(buyer, newKey(), offer, 1));

        tooFast.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("TOO_MANY_ORDERS"));
        press(someone(), newKey(), offer, 1).then().statusCode(202);
        await().pollDelay(Duration.ofSeconds(1))
                .untilAsserted(() -> press(buyer, newKey(), offer, 1).then().statusCode(202));
    }

    @Test
    void everyPressCountsWhateverItAsksForButNotWithoutAToken() {
        String buyer = someone();
        OfferTerms unknown = Terms.of(1, null);
        given().contentType(ContentType.JSON).body("{}").post("/orders").then().statusCode(401);
        press(buyer, newKey(), unknown, 0).then().statusCode(400);

        Response tooFast = pressUntil(429, () -> press(buyer, "no spaces in a key", unknown, 1));

        tooFast.then().body("code", equalTo("TOO_MANY_ORDERS"));
        press(someone(), newKey(), unknown, 1).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "cancellation", "receipt-confirmation"})
    void whateverABuyerPressesCounts(String request) {
        String buyer = someone();
        String path = "/orders/" + UUID.randomUUID() + "/" + request;

        Response tooFast = pressUntil(429, () -> as(buyer, "buyer").post(path));

        tooFast.then().header("Retry-After", "1").body("code", equalTo("TOO_MANY_ORDERS"));
        press(buyer, newKey(), Terms.of(1, null), 1).then().statusCode(429);
        as(someone(), "buyer").post(path).then().statusCode(404);
    }

    /** A day's parcels are told by a script, though not without end. */
    @ParameterizedTest
    @ValueSource(strings = {"shipment", "delivery", "refunds"})
    void sellersAndOperatorsHaveAPaceOfTheirOwn(String request) {
        String seller = someone();
        Supplier<Response> press =
                () -> as(seller, "seller", "operator").post("/orders/" + UUID.randomUUID() + "/" + request);
        Stream.generate(press).limit(20).forEach(answer -> assertNotEquals(429, answer.statusCode()));

        Response tooFast = pressUntil(429, press);

        tooFast.then().header("Retry-After", "1").body("code", equalTo("TOO_MANY_ORDERS"));
    }

    /** Much faster than the one per second that is allowed, and much more often. */
    private static Response pressUntil(int status, Supplier<Response> press) {
        return Stream.generate(press)
                .limit(50)
                .filter(answer -> answer.statusCode() == status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ofAPressAtOnceWhatIsAcceptedIsDecidedAndTheRestIsToldToComeBack() {
        OfferTerms offer = market.open(Terms.of(1000, null));

        List<Response> answers = pressAtOnce(offer, 60);

        List<Response> refused =
                answers.stream().filter(answer -> answer.statusCode() == 503).toList();
        assertFalse(refused.isEmpty(), "all were let in");
        refused.forEach(answer -> answer.then()
                .contentType("application/problem+json")
                .header("Retry-After", matchesRegex("[1-5]"))
                .body("code", equalTo("INTAKE_UNAVAILABLE")));
        List<Response> accepted =
                answers.stream().filter(answer -> answer.statusCode() == 202).toList();
        assertEquals(answers.size(), refused.size() + accepted.size());
        await().untilAsserted(() ->
                given().get("/availability/" + offer.offerId()).then().body("reserved", equalTo(accepted.size())));
    }

    /** Those at the door are on bad lines: each has sent half an order. */
    @Test
    void refusesUnreadWhatIsMoreThanCanBeTakenAtOnceAndNothingButOrders() {
        OfferTerms offer = market.open(Terms.of(1000, null));
        double shedBefore = metric("order_intake_shed_total");
        List<UnfinishedOrder> atTheDoor = new ArrayList<>();
        try {
            begin(3, atTheDoor);
            press(someone(), newKey(), offer, 1).then().statusCode(202);
            begin(1, atTheDoor);

            Response oneMore = given().post("/orders");

            oneMore.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", matchesRegex("[1-5]"))
                    .body("type", equalTo("/problems/intake-unavailable"))
                    .body("status", equalTo(503))
                    .body("code", equalTo("INTAKE_UNAVAILABLE"));
            press(someone(), newKey(), offer, 1).then().statusCode(503);
            given().urlEncodingEnabled(false).post("/%6frders").then().statusCode(503);
            given().urlEncodingEnabled(false).post("/orders/").then().statusCode(503);
            assertEquals(shedBefore + 4, metric("order_intake_shed_total"));
            given().get("/q/metrics").then().body(matchesRegex("(?s).*status=\"503\",uri=\"/orders\".*"));
            as(someone(), "buyer")
                    .post("/orders/" + UUID.randomUUID() + "/cancellation")
                    .then()
                    .statusCode(404);
            given().get("/availability/" + offer.offerId()).then().statusCode(200);

            atTheDoor.get(0).close();
            awaitAtOnce(3);
            press(someone(), newKey(), offer, 1).then().statusCode(202);
        } finally {
            atTheDoor.forEach(UnfinishedOrder::close);
        }
        awaitAtOnce(0);
        await().untilAsserted(() ->
                given().get("/availability/" + offer.offerId()).then().body("reserved", equalTo(2)));
        assertEquals(0, metric("order_log_in_flight"));
        await().untilAsserted(() -> assertEquals(0, metric("sql_pool_active")));
    }

    @Test
    void aConnectionServesOnAfterARefusalHoweverLargeTheOrderWas() {
        OfferTerms offer = market.open(Terms.of(1000, null));
        List<UnfinishedOrder> atTheDoor = new ArrayList<>();
        try (UnfinishedOrder refused = refused(15_000, atTheDoor)) {
            assertTrue(refused.read().startsWith("HTTP/1.1 503 "));

            refused.finishAndGet("/availability/" + offer.offerId());

            assertTrue(refused.read().startsWith("HTTP/1.1 200 "));
        } finally {
            atTheDoor.forEach(UnfinishedOrder::close);
        }
        awaitAtOnce(0);
    }

    /** Comes when all places are taken. */
    private static UnfinishedOrder refused(int length, List<UnfinishedOrder> atTheDoor) {
        begin(4, atTheDoor);
        return UnfinishedOrder.begin(someone(), length);
    }

    /** Whoever waits for the outcome has been let in, and is in nobody's way. */
    @Test
    void whoWaitsForAnOutcomeHasLeftTheDoor() {
        OfferTerms offer = market.open(Terms.of(1000, null));
        List<CompletableFuture<Response>> answers = new ArrayList<>();

        market.whileDecidingIsHeldUp(() -> {
            for (int order = 0; order < 5; order++) {
                String buyer = someone();
                answers.add(CompletableFuture.supplyAsync(() -> Market.buy(buyer, newKey(), offer, 1)));
                long logged = order + 1;
                await().until(() ->
                        market.records(CommandCodec.TOPIC, offer.offerId()).size() > logged);
                awaitAtOnce(0);
            }
            press(someone(), newKey(), offer, 1).then().statusCode(202);
        });

        answers.forEach(answer -> answer.join().then().statusCode(200));
    }

    /** So many more, each in a place of its own. */
    private static void begin(int orders, List<UnfinishedOrder> atTheDoor) {
        for (int order = 0; order < orders; order++) {
            atTheDoor.add(UnfinishedOrder.begin(someone(), 10));
        }
        awaitAtOnce(atTheDoor.size());
    }

    private static void awaitAtOnce(int orders) {
        await().untilAsserted(() -> assertEquals(orders, metric("order_intake_at_once")));
    }

    /** The sum over its tags. */
    private static double metric(String name) {
        List<String> lines = given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .toList();
        assertFalse(lines.isEmpty(), name);
        return lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<Response> pressAtOnce(OfferTerms offer, int orders) {
        ExecutorService many = Executors.newFixedThreadPool(orders);
        try {
            List<CompletableFuture<Response>> answers = IntStream.range(0, orders)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> press(someone(), newKey(), offer, 1), many))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            many.shutdown();
        }
    }

    @Test
    void theNoOpAnswersLikeAnAcceptanceAndDoesNothing() {
        String buyer = someone();
        String key = newKey();
        OfferTerms unknown = Terms.of(1, null);
        String orderId = Receipt.orderId(buyer, key).toString();
        for (int press = 0; press < 5; press++) {
            Response answer = pressNothing(buyer, key, unknown, 1);
            answer.then()
                    .statusCode(202)
                    .body("orderId", equalTo(orderId))
                    .body("status", equalTo("RECEIVED"))
                    .body("queue.ahead", equalTo(0))
                    .header("Location", startsWith("/orders/" + orderId + "?receipt="));
        }

        pressNothing(buyer, key, unknown, 0).then().statusCode(400);
        pressNothing(buyer, "no spaces in a key", unknown, 1).then().statusCode(400);
        given().post("/orders/no-op").then().statusCode(401);
        assertEquals(List.of(), market.records(CommandCodec.TOPIC, unknown.offerId()));
        given().get("/q/openapi").then().body(not(containsString("no-op")));
    }

    private static Response pressNothing(String buyer, String key, OfferTerms offer, int quantity) {
        return as(buyer, "buyer")
                .header("Idempotency-Key", key)
                .body(Map.of("offerId", offer.offerId(), "quantity", quantity))
                .post("/orders/no-op");
    }

    @Test
    void opensOnlySoManyStreamsAndOthersAgainOnceTheseAreGone() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        String order = Market.buy(buyer, newKey(), offer, 1).path("orderId");
        String updates = "/orders/" + order + "/updates";
        List<UpdatesClient> staff = IntStream.range(0, 4)
                .mapToObj(number -> UpdatesClient.open(updates, "staff-" + number, "operator"))
                .toList();
        try {
            await().until(() ->
                    staff.stream().allMatch(client -> client.states().size() == 1));

            Response oneMore = given().auth().oauth2(Tokens.of(buyer, "buyer")).get(updates);

            oneMore.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "1")
                    .body("code", equalTo("UNAVAILABLE"));
        } finally {
            staff.forEach(UpdatesClient::close);
        }
        await().untilAsserted(() -> {
            try (UpdatesClient another = UpdatesClient.open(updates, buyer, "buyer")) {
                assertEquals(200, another.status());
            }
        });
    }

    @Test
    void ofTooManyStreamsOfOneUserTheOldestEnds() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        String order = Market.buy(buyer, newKey(), offer, 1).path("orderId");
        String updates = "/orders/" + order + "/updates";
        try (UpdatesClient oldest = UpdatesClient.open(updates, buyer, "buyer");
                UpdatesClient second = UpdatesClient.open(updates, buyer, "buyer");
                UpdatesClient newest = UpdatesClient.open(updates, buyer, "buyer")) {

            await().atMost(Duration.ofSeconds(2)).until(oldest::isEnded);

            assertFalse(second.isEnded());
            await().untilAsserted(() -> assertEquals(List.of("RESERVED"), newest.statuses()));
            assertFalse(newest.isEnded());
        }
    }

    @Test
    void aStreamThatGrewOldEndsSoThatItsClientComesBack() {
        OfferTerms offer = market.open(Terms.of(100, null));
        String buyer = someone();
        String order = Market.buy(buyer, newKey(), offer, 1).path("orderId");

        try (UpdatesClient client = UpdatesClient.open("/orders/" + order + "/updates", buyer, "buyer")) {
            await().atMost(Duration.ofSeconds(10)).until(client::isEnded);
            assertEquals(List.of("RESERVED"), client.statuses());
        }
    }

    /** One command at a time, so that there is a line to stand in. */
    @Test
    void showsHowThePlaceInLineImproves() {
        OfferTerms offer = market.open(Terms.of(1000, null));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String buyer = someone();
        AtomicReference<UpdatesClient> opened = new AtomicReference<>();

        market.whileDecidingIsHeldUp(() -> {
            Stream.generate(() -> new PlaceOrder(UUID.randomUUID(), offer.offerId(), "a-crowd", 1, null, null, now))
                    .limit(500)
                    .forEach(market::append);
            String location = press(buyer, newKey(), offer, 1).header("Location");
            opened.set(UpdatesClient.open(location.replace("?", "/updates?"), buyer, "buyer"));
            await().until(() -> !opened.get().states().isEmpty());
        });

        try (UpdatesClient client = opened.get()) {
            await().until(() -> client.states().size() >= 2);
            List<JsonPath> places = client.states().subList(0, 2);
            places.forEach(order -> assertEquals("RECEIVED", order.getString("status")));
            assertTrue(places.get(0).getInt("queue.ahead") > places.get(1).getInt("queue.ahead"));
            awaitDecided("/orders/" + places.get(0).getString("orderId"), buyer);
        }
    }

    private static void awaitDecided(String location, String buyer) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().auth()
                        .oauth2(Tokens.of(buyer, "buyer"))
                        .get(location)
                        .then()
                        .body("status", equalTo("RESERVED")));
    }

    private static String someone() {
        return "buyer-" + UUID.randomUUID();
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
