package io.livesale.order.intake;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OrderServiceTest
class IntakeTest {
    @Inject
    Market market;

    @Test
    void answersWithTheOutcomeToThoseWhoWait() {
        OfferTerms offer = market.open(Terms.of(10, null));

        Response response = buy("lin", UUID.randomUUID().toString(), offer, 3);

        response.then()
                .statusCode(200)
                .body("status", equalTo("RESERVED"))
                .body("total.amount", equalTo(5970))
                .body("total.currency", equalTo("CNY"))
                .body("timeline[0].type", equalTo("order.received"))
                .body("timeline[1].type", equalTo("order.reserved"));
    }

    @Test
    void answersAtOnceToThoseWhoDoNot() {
        OfferTerms offer = market.open(Terms.of(10, null));

        Response response = press("lin", "at-once-" + offer.offerId(), offer, 1);

        response.then()
                .statusCode(202)
                .body("status", equalTo("RECEIVED"))
                .header("Location", startsWith("/orders/" + response.path("orderId") + "?receipt="));
        assertTrue(response.<Integer>path("queue.ahead") >= 0);
    }

    @Test
    void turnsAwayAtTheDoorWhatIsSoldOut() {
        OfferTerms offer = market.open(Terms.of(2, null));
        buy("lin", UUID.randomUUID().toString(), offer, 2).then().statusCode(200);
        await().untilAsserted(() -> availability(offer).then().body("soldOut", equalTo(true)));

        Response late = press("wang", UUID.randomUUID().toString(), offer, 1);

        late.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("SOLD_OUT"))
                .body("type", equalTo("/problems/sold-out"));
        assertEquals(2, market.records("order-commands.v1", offer.offerId()).size());
    }

    @Test
    void turnsAwayAtTheDoorWhatIsClosed() {
        OfferTerms offer = market.open(Terms.of(2, null));
        market.close(offer);

        Response late = press("wang", UUID.randomUUID().toString(), offer, 1);

        late.then().statusCode(409).body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    void doesNotKnowAnOfferThatNeverOpened() {
        Response response = press("lin", UUID.randomUUID().toString(), Terms.of(1, null), 1);

        response.then().statusCode(404).body("code", equalTo("OFFER_UNKNOWN"));
        given().get("/availability/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void waitsALittleForAnOfferWhoseOpeningIsOnItsWay() {
        OfferTerms offer = Terms.of(1, null);
        CompletableFuture<Response> early =
                CompletableFuture.supplyAsync(() -> buy("lin", UUID.randomUUID().toString(), offer, 1));

        market.open(offer);

        early.join().then().statusCode(200).body("status", equalTo("RESERVED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders;x=1", "/orders%3Bx=1", "//orders", "/orders%2F", "/./orders", "/orders/", "/ORDERS"})
    void noSpellingOfThePathGetsAroundTheToken(String path) {
        int status = given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body("{\"offerId\": \"" + UUID.randomUUID() + "\", \"quantity\": 1}")
                .post(path)
                .statusCode();

        assertTrue(Set.of(400, 401, 404, 405).contains(status), path + " answered " + status);
    }

    @Test
    void takesABodyAtTheLimitAndRefusesOneOverIt() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String order = "{\"offerId\": \"" + offer.offerId() + "\", \"quantity\": 1}";
        String atTheLimit = order + " ".repeat(16 * 1024 - order.length());

        pressWithBody(atTheLimit).then().statusCode(202);
        pressWithBody(atTheLimit + " ")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("PAYLOAD_TOO_LARGE"));
    }

    private static Response pressWithBody(String body) {
        return given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "text/xml, garbage", "application/json;q=0"})
    void takesNothingFromThoseItCannotAnswer(String accept) {
        OfferTerms offer = market.open(Terms.of(10, null));

        pressAccepting(accept, offer)
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_ACCEPTABLE"));

        assertEquals(1, market.records("order-commands.v1", offer.offerId()).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json, garbage",
                "garbage, application/json",
                "garbage",
                "text/"
            })
    void answersThoseWhoReadJsonAmongOtherThings(String accept) {
        OfferTerms offer = market.open(Terms.of(10, null));

        pressAccepting(accept, offer).then().statusCode(202).contentType(ContentType.JSON);
    }

    private static Response pressAccepting(String accept, OfferTerms offer) {
        return Market.as("lin", "buyer")
                .accept(accept)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("offerId", offer.offerId(), "quantity", 1))
                .post("/orders");
    }

    @Test
    void saysInOpenApiWhatItAnswers() {
        JsonPath responses = given().queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .setRootPath("paths.'/orders'.post.responses");

        for (String status : List.of("200", "202")) {
            assertEquals(
                    "#/components/schemas/OrderView",
                    responses.getString("'" + status + "'.content.'application/json'.schema.$ref"));
        }
    }

    @Test
    void hasNoNoOpUnlessABenchmarkAsksForIt() {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .header("Idempotency-Key", "any")
                .contentType(ContentType.JSON)
                .body("{\"offerId\": \"" + UUID.randomUUID() + "\", \"quantity\": 1}")
                .post("/orders/no-op")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void countsWhomItLetsInAndWhomItTurnsAway() {
        OfferTerms offer = market.open(Terms.of(10, null));
        press("lin", UUID.randomUUID().toString(), offer, 1);
        double accepted = metric("order_intake_accepted_total");
        double unknown = metric("order_intake_turned_away_total{code=\"OFFER_UNKNOWN\"}");

        press("lin", UUID.randomUUID().toString(), offer, 1).then().statusCode(202);
        press("lin", UUID.randomUUID().toString(), Terms.of(1, null), 1).then().statusCode(404);

        assertEquals(accepted + 1, metric("order_intake_accepted_total"));
        assertEquals(unknown + 1, metric("order_intake_turned_away_total{code=\"OFFER_UNKNOWN\"}"));
        given().get("/q/metrics").then().body(containsString("order_log_waiting{partition=\"7\"}"));
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void rejectsWhatExceedsTheLimit() {
        OfferTerms offer = market.open(Terms.of(10, 2));

        Response response = buy("lin", UUID.randomUUID().toString(), offer, 3);

        response.then().statusCode(200).body("status", equalTo("REJECTED")).body("reason", equalTo("LIMIT_EXCEEDED"));
    }

    @Test
    void needsATokenAndTheRole() {
        String body = "{\"offerId\": \"" + UUID.randomUUID() + "\", \"quantity\": 1}";

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/orders")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"));
        given().auth()
                .oauth2(Tokens.of("zhao", "seller"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/orders")
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void needsAnIdempotencyKey() {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .contentType(ContentType.JSON)
                .body("{\"offerId\": \"" + UUID.randomUUID() + "\", \"quantity\": 1}")
                .post("/orders")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("Idempotency-Key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"offerId\": \"x\", \"quantity\": 1}",
                "{\"offerId\": \"AAAAAAAAAAAAAAAAAAAAAA==\", \"quantity\": 1}",
                "{\"offerId\": \"OFFER\"}",
                "{\"offerId\": \"OFFER\", \"quantity\": 0}",
                "{\"offerId\": \"OFFER\", \"quantity\": -1}",
                "{\"offerId\": \"OFFER\", \"quantity\": 10001}",
                "{\"offerId\": \"OFFER\", \"quantity\": 99999999999}",
                "{\"offerId\": \"OFFER\", \"quantity\": 1.5}",
                "{\"offerId\": \"OFFER\", \"quantity\": \"1\"}",
                "{\"offerId\": \"OFFER\", \"quantity\": 1, \"price\": 1}",
                "{\"offerId\": \"OFFER\", \"quantity\": 1, \"shipTo\": {}}",
                "{\"offerId\": \"OFFER\", \"quantity\": 1, \"shipTo\": {\"name\": \"a\\u0000\", \"phone\": \"1\","
                        + " \"address\": \"b\"}}",
            })
    void refusesABodyThatIsNoOrder(String body) {
        given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body.replace("OFFER", UUID.randomUUID().toString()))
                .post("/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("detail", not(containsString("java")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0007", "\\ud800", "\\udc00x", "\\ude00\\ud83d"})
    void saysPlainlyWhatIsWrongWithTextThatIsNone(String bad) {
        pressWithBody(sentToName(bad).replace("OFFER", UUID.randomUUID().toString()))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("shipTo.name"))
                .body("violations[0].message", equalTo("must be text without control characters"));
    }

    @Test
    void takesNamesInEveryScript() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String order = sentToName("\u6797 \\ud83d\\ude00")
                .replace("OFFER", offer.offerId().toString());

        pressWithBody(order).then().statusCode(202);
    }

    @ParameterizedTest
    @CsvSource({"16384, 202", "16385, 413", "500000, 413", "5000000, 413"})
    void takesABodyOfUntoldLengthUpToTheLimit(int length, int status) throws Exception {
        OfferTerms offer = market.open(Terms.of(10, null));
        String order = "{\"offerId\": \"" + offer.offerId() + "\", \"quantity\": 1}";
        byte[] body = (order + " ".repeat(length - order.length())).getBytes(StandardCharsets.US_ASCII);

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/orders"))
                                .header("Authorization", "Bearer " + Tokens.of("lin", "buyer"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "length-" + length)
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                                .build(),
                        BodyHandlers.ofString());

        assertEquals(status, answer.statusCode(), answer::body);
        assertEquals(status == 413, answer.body().contains("PAYLOAD_TOO_LARGE"), answer::body);
    }

    @Test
    void takesOneKeyOnly() {
        OfferTerms offer = market.open(Terms.of(10, null));

        as("lin", "buyer")
                .header("Idempotency-Key", "one")
                .header("Idempotency-Key", "another")
                .contentType(ContentType.JSON)
                .body("{\"offerId\": \"" + offer.offerId() + "\", \"quantity\": 1}")
                .post("/orders")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    private static String sentToName(String name) {
        return """
                {"offerId": "OFFER", "quantity": 1,
                 "shipTo": {"name": "%s", "phone": "138", "address": "1 Pine Street"}}""".formatted(name);
    }

    private static Response availability(OfferTerms offer) {
        return given().get("/availability/" + offer.offerId());
    }
}
