package io.livesale.catalog.watching;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livesale.catalog.Shop;
import io.livesale.stack.EventContract;
import io.livesale.stack.TopicReader;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class UpdatesTest {
    @Inject
    SessionFeeds feeds;

    @Inject
    ObjectMapper json;

    private Shop shop;
    private String session;

    @BeforeEach
    void schedule() {
        shop = Shop.verified();
        session = shop.session();
    }

    @Test
    void showsTheWholeSessionFirst() {
        String offer = shop.offer(session, shop.product(10), 7);
        pin(offer);

        try (UpdatesClient viewer = follow()) {
            awaitNames(viewer, "session");
            assertEquals("text/event-stream", viewer.header("Content-Type"));
            assertEquals("no-store", viewer.header("Cache-Control"));
            assertEquals("no", viewer.header("X-Accel-Buffering"));
            assertTrue(
                    viewer.lines().get(0).matches("retry: [1-4]\\d{3}"),
                    viewer.lines().get(0));
            given().get("/sessions/" + session)
                    .then()
                    .body("pinnedOfferId", equalTo(offer))
                    .body("", equalTo(viewer.last().json().getMap("")));
        }
    }

    @Test
    void tellsWhatChanges() {
        try (UpdatesClient viewer = follow()) {
            awaitNames(viewer, "session");

            shop.asCreator().post("/sessions/" + session + "/start");
            awaitNames(viewer, "session", "session");
            assertEquals("LIVE", viewer.last().json().getString("status"));

            String offer = shop.offer(session, shop.product(10), 7);
            awaitNames(viewer, "session", "session", "session");
            assertEquals(List.of(offer), viewer.last().json().getList("offers.offerId"));

            shop.open(offer);
            awaitNames(viewer, "session", "session", "session", "offer");
            assertEquals("OPEN", viewer.last().json().getString("status"));
            given().get("/offers/" + offer)
                    .then()
                    .body("", equalTo(viewer.last().json().getMap("")));
            assertEquals(
                    List.of("1", "2", "3", "4"),
                    viewer.events().stream().map(UpdatesClient.Event::id).toList());
        }
    }

    @Test
    void tellsWhatIsPinned() {
        String offer = shop.offer(session, shop.product(10), 7);
        try (UpdatesClient viewer = follow()) {
            awaitNames(viewer, "session");

            pin(offer);
            awaitNames(viewer, "session", "pin", "offer");
            UpdatesClient.Event pin = viewer.events().get(1);
            assertEquals(session, pin.json().getString("sessionId"));
            assertEquals(offer, pin.json().getString("pinnedOfferId"));
            assertTrue(pin.json().getBoolean("offer.pinned"));
            assertTrue(viewer.last().json().getBoolean("pinned"));

            shop.close(offer);
            awaitNames(viewer, "session", "pin", "offer", "pin", "offer");
            UpdatesClient.Event unpin = viewer.events().get(3);
            assertEquals(Map.of("sessionId", session), unpin.json().getMap(""));
            assertNull(unpin.json().get("offer"));
            assertEquals("CLOSED", viewer.last().json().getString("status"));
        }
    }

    @Test
    void tellsHowMuchIsLeftAsItIsSold() throws IOException {
        shop.asCreator().post("/sessions/" + session + "/start");
        String offer = shop.offer(session, shop.product(10), 10);
        shop.open(offer);
        try (UpdatesClient viewer = follow()) {
            awaitNames(viewer, "session");

            sell(offer, 1, 3, 2, 5);
            awaitNames(viewer, "session", "offer");
            assertEquals(3, viewer.last().json().getInt("remaining"));

            sell(offer, 2, 0, 0, 10);
            awaitNames(viewer, "session", "offer", "offer");
            assertTrue(viewer.last().json().getBoolean("soldOut"));
        }
    }

    @Test
    void endsWithTheSession() {
        shop.offer(session, shop.product(10), 7);
        try (UpdatesClient viewer = follow()) {
            awaitNames(viewer, "session");

            shop.asCreator().post("/sessions/" + session + "/end");

            await().until(viewer::isEnded);
            assertEquals(List.of("session", "session"), viewer.names());
            assertEquals("ENDED", viewer.last().json().getString("status"));
            assertEquals(List.of("CLOSED"), viewer.last().json().getList("offers.status"));
            assertEquals("ended", viewer.last().id());
        }
        awaitNobodyWatches();
    }

    /** Else a browser's EventSource would ask for ever. */
    @Test
    void sendsNobodyBackToAnEndTheyHaveSeen() {
        shop.asCreator().post("/sessions/" + session + "/end");

        try (UpdatesClient late = follow()) {
            await().until(late::isEnded);
            assertEquals(
                    List.of("ended"),
                    late.events().stream().map(UpdatesClient.Event::id).toList());
        }
        given().header("Last-Event-ID", "ended")
                .get("/sessions/" + session + "/updates")
                .then()
                .statusCode(204);
        given().header("Last-Event-ID", "2")
                .get("/sessions/" + session + "/updates")
                .then()
                .statusCode(200)
                .body(containsString("id: ended"));
        awaitNobodyWatches();
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"GET", "HEAD"})
    void knowsNoSessionThatIsNotThere(Method method) {
        given().request(method, "/sessions/" + UUID.randomUUID() + "/updates")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().request(method, "/sessions/no-id/updates").then().statusCode(404);
        awaitNobodyWatches();
    }

    @Test
    void keepsNobodyWaitingWhoAsksForTheHeadOnly() {
        given().head("/sessions/" + session + "/updates").then().statusCode(200).contentType("text/event-stream");
        awaitNobodyWatches();
    }

    @Test
    void showsSignsOfLife() {
        try (UpdatesClient viewer = follow()) {
            await().untilAsserted(() ->
                    assertTrue(viewer.lines().stream().filter(":"::equals).count() >= 3, viewer.lines()::toString));
            assertFalse(viewer.isEnded());
            assertEquals(List.of("session"), viewer.names());
        }
    }

    @Test
    void forgetsViewersThatGo() {
        List<UpdatesClient> viewers = Stream.generate(this::follow).limit(20).toList();
        viewers.forEach(viewer -> awaitNames(viewer, "session"));
        await().untilAsserted(
                        () -> given().get("/q/metrics").then().body(containsString("catalog_updates_viewers 20.0")));

        viewers.forEach(UpdatesClient::close);

        awaitNobodyWatches();
        await().untilAsserted(
                        () -> given().get("/q/metrics").then().body(containsString("catalog_updates_viewers 0.0")));
    }

    private UpdatesClient follow() {
        return UpdatesClient.open(RestAssured.port, session);
    }

    private void pin(String offer) {
        shop.asCreator()
                .body(Map.of("offerId", offer))
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200);
    }

    /** As order-service tells it. */
    private void sell(String offer, long version, long remaining, long reserved, long sold) throws IOException {
        ObjectNode figures = (ObjectNode) json.readTree(
                EventContract.of("order-service", "offer.sales-changed").example());
        figures.put("offerId", offer)
                .put("version", version)
                .put("remaining", remaining)
                .put("reserved", reserved)
                .put("sold", sold);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>("offer-sales.v1", offer, json.writeValueAsBytes(figures));
        record.headers().add("ce_type", "offer.sales-changed".getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, byte[]> orderService = new KafkaProducer<>(
                Map.of("bootstrap.servers", TopicReader.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            orderService.send(record);
        }
    }

    private void awaitNobodyWatches() {
        await().until(feeds::isEmpty);
    }

    private static void awaitNames(UpdatesClient viewer, String... names) {
        await().untilAsserted(() -> assertEquals(List.of(names), viewer.names()));
    }
}
