package io.livesale.order.tracking;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderCommand.ConfirmReceipt;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import io.livesale.stack.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class UpdatesTest {
    @Inject
    Market market;

    @Inject
    OrderStreams streams;

    @Test
    void tellsTheStateFirstAndEveryChangeUntilNothingMoreHappens() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = reserve(offer);

        try (UpdatesClient client = follow(order)) {
            awaitStatuses(client, "RESERVED");
            market.append(new PayOrder(order, offer.offerId(), UUID.randomUUID(), now()));
            awaitStatuses(client, "RESERVED", "PAID");
            market.append(new ShipOrder(order, offer.offerId(), new Shipment("SF", "SF-1"), now()));
            awaitStatuses(client, "RESERVED", "PAID", "SHIPPED");
            market.append(new ConfirmReceipt(order, offer.offerId(), now()));
            awaitStatuses(client, "RESERVED", "PAID", "SHIPPED", "COMPLETED");

            await().until(client::isEnded);
            assertEquals("text/event-stream", client.header("Content-Type"));
            assertEquals(List.of("id: 2", "id: 3", "id: 4", "id: 6"), linesWith(client, "id: "));
            assertEquals(List.of("retry: 1000"), linesWith(client, "retry: "));
            assertEquals(4, linesWith(client, "event: order").size());
            given().auth()
                    .oauth2(Tokens.of("lin", "buyer"))
                    .get("/orders/" + order)
                    .then()
                    .body("", equalTo(client.states().get(3).getMap("")));
        }
        await().until(streams::isEmpty);
    }

    @Test
    void endsAtOnceWhenNothingMoreHappens() {
        OfferTerms offer = market.open(Terms.of(10, 1));
        String order = buy("lin", newKey(), offer, 2).path("orderId");

        try (UpdatesClient client = follow(UUID.fromString(order))) {
            await().until(client::isEnded);
            assertEquals(List.of("REJECTED"), client.statuses());
            assertEquals("LIMIT_EXCEEDED", client.states().get(0).getString("reason"));
        }
    }

    /** Else a browser's EventSource would ask for ever, every second. */
    @Test
    void sendsNobodyBackToAFinalOrderTheyHaveSeen() {
        OfferTerms offer = market.open(Terms.of(10, 1));
        String rejected = buy("lin", newKey(), offer, 2).path("orderId");

        assertEquals(204, followSince("2", rejected).statusCode());
        assertEquals(204, followSince("3", rejected).statusCode());
        followSince("1", rejected).then().statusCode(200).body(containsString("id: 2"));
        followSince("no-number", rejected).then().statusCode(200);
        await().until(streams::isEmpty);
    }

    private static Response followSince(String lastEventId, String order) {
        return given().auth()
                .oauth2(Tokens.of("lin", "buyer"))
                .header("Last-Event-ID", lastEventId)
                .get("/orders/" + order + "/updates");
    }

    @Test
    void tellsThePlaceInLineAndThenTheOutcomeOfAnOrderInTheLog() {
        OfferTerms offer = market.open(Terms.of(10, null));
        AtomicReference<UpdatesClient> follower = new AtomicReference<>();
        market.whileDecidingIsHeldUp(() -> {
            press("wang", newKey(), offer, 1);
            Response accepted = press("lin", newKey(), offer, 1);
            String updates = accepted.header("Location").replace("?", "/updates?");
            UpdatesClient client = UpdatesClient.open(updates, "lin", "buyer");
            follower.set(client);
            awaitStatuses(client, "RECEIVED");
            assertTrue(client.states().get(0).getInt("queue.ahead") >= 1);

            get(updates, "wang", "buyer").then().statusCode(404);
            get(updates.replaceAll("\\?.*", ""), "lin", "buyer").then().statusCode(404);
        });
        try (UpdatesClient client = follower.get()) {
            awaitStatuses(client, "RECEIVED", "RESERVED");
        }
    }

    @Test
    void staysOpenAndShowsSignsOfLife() {
        OfferTerms offer = market.open(Terms.of(10, null));

        try (UpdatesClient client = follow(reserve(offer))) {
            await().untilAsserted(() -> assertTrue(linesWith(client, ":").size() >= 3, client.lines()::toString));
            assertFalse(client.isEnded());
            assertEquals(List.of("RESERVED"), client.statuses());
        }
    }

    /** As if the replica had been without the broker while the event was told. */
    @Test
    void findsOutByItselfWhatItWasNotTold() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = reserve(offer);

        try (UpdatesClient client = follow(order)) {
            awaitStatuses(client, "RESERVED");
            market.query("""
                    UPDATE orders
                    SET status = 'EXPIRED',
                        sequence = 2,
                        later_entries = '[{"type": "order.expired", "at": "2026-11-21T12:15:00Z"}]'
                    WHERE order_id = '%s'
                    RETURNING 1
                    """.formatted(order));

            awaitStatuses(client, "RESERVED", "EXPIRED");
            await().until(client::isEnded);
        }
    }

    @Test
    void hidesAnOrderFromStrangersBeforeTheStreamBegins() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = reserve(offer);
        String updates = "/orders/" + order + "/updates";

        get(updates, "wang", "buyer")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
        get("/orders/" + UUID.randomUUID() + "/updates", "lin", "buyer").then().statusCode(404);
        get("/orders/no-id/updates", "lin", "buyer").then().statusCode(404);
        get(updates, "zhashui-coop", "seller").then().statusCode(403);
        given().get(updates).then().statusCode(401);
        try (UpdatesClient sellerWhoAlsoBuys = UpdatesClient.open(updates, "zhashui-coop", "buyer")) {
            assertEquals(404, sellerWhoAlsoBuys.status());
        }
        try (UpdatesClient staff = UpdatesClient.open(updates, "staff", "operator")) {
            awaitStatuses(staff, "RESERVED");
        }
    }

    @Test
    void forgetsClientsThatGo() {
        OfferTerms offer = market.open(Terms.of(10, null));
        UUID order = reserve(offer);
        List<UpdatesClient> clients =
                Stream.generate(() -> follow(order)).limit(5).toList();
        clients.forEach(client -> awaitStatuses(client, "RESERVED"));
        assertFalse(streams.isEmpty());
        given().get("/q/metrics").then().body(containsString("order_updates_streams 5.0"));

        clients.forEach(UpdatesClient::close);

        await().until(streams::isEmpty);
        await().untilAsserted(() -> given().get("/q/metrics").then().body(containsString("order_updates_streams 0.0")));
    }

    private static UUID reserve(OfferTerms offer) {
        return UUID.fromString(buy("lin", newKey(), offer, 1).path("orderId"));
    }

    private static UpdatesClient follow(UUID order) {
        return UpdatesClient.open("/orders/" + order + "/updates", "lin", "buyer");
    }

    private static Response get(String path, String user, String role) {
        return given().auth()
                .oauth2(Tokens.of(user, role))
                .accept("text/event-stream")
                .get(path);
    }

    private static void awaitStatuses(UpdatesClient client, String... statuses) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(List.of(statuses), client.statuses()));
    }

    private static List<String> linesWith(UpdatesClient client, String start) {
        return client.lines().stream().filter(line -> line.startsWith(start)).toList();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
