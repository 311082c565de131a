package io.livesale.catalog.publishing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.livesale.catalog.Shop;
import io.livesale.stack.EventContract;
import io.livesale.stack.TopicReader;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxTest {
    @Inject
    AgroalDataSource database;

    @Test
    void sendsTheOfferAsItsContractSays() {
        Shop shop = Shop.verified();
        String offer = shop.openOffer(10);
        shop.close(offer).then().statusCode(200);

        List<ConsumerRecord<String, String>> records = sent(offer, 2);

        assertMatches("offer.opened", offer + ".1", records.get(0));
        assertMatches("offer.closed", offer + ".2", records.get(1));
    }

    @Test
    void sendsTheTraceOfWhoeverOpenedTheOffer() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Shop shop = Shop.verified();
        String offer = shop.offer(shop.liveSession(), shop.product(1), 1);
        shop.asCreator()
                .header("traceparent", trace)
                .post("/offers/" + offer + "/open")
                .then()
                .statusCode(200);
        shop.close(offer).then().statusCode(200);

        List<ConsumerRecord<String, String>> records = sent(offer, 2);

        assertEquals(
                trace,
                new String(records.get(0).headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8));
        assertNull(records.get(1).headers().lastHeader("traceparent"));
    }

    @Test
    void sendsAGiftAsItsContractSays() {
        Shop shop = Shop.verified();
        String offer = shop.asCreator()
                .body(Map.of("kind", "GIFT", "title", "Rocket", "price", Shop.money(600)))
                .post("/sessions/" + shop.liveSession() + "/offers")
                .path("offerId");
        shop.open(offer).then().statusCode(200);
        shop.close(offer).then().statusCode(200);

        List<ConsumerRecord<String, String>> records = sent(offer, 2);

        assertMatches("offer.opened", offer + ".1", records.get(0));
        assertMatches("offer.closed", offer + ".2", records.get(1));
    }

    @Test
    void tellsOfTheCountiesAsTheyWereWhenTheOfferOpened() {
        Shop shop = Shop.verified();
        String origin = county("origin", true);
        String home = county("home", false);
        liveIn(shop, home);
        Map<String, Object> body = Shop.productBody();
        body.put("county", origin);
        String product = shop.asSeller().body(body).post("/products").path("productId");
        shop.adjust(product, "first", 1).then().statusCode(200);
        String offer = shop.offer(shop.liveSession(), product, 1);
        shop.open(offer).then().statusCode(200);
        designate(origin, false);
        liveIn(shop, origin);
        shop.close(offer).then().statusCode(200);

        List<ConsumerRecord<String, String>> records = sent(offer, 2);

        for (ConsumerRecord<String, String> record : records) {
            JsonPath told = JsonPath.from(record.value());
            assertEquals(true, told.getBoolean("countyDesignated"));
            assertEquals(home, told.getString("creatorCounty"));
            assertEquals(false, told.getBoolean("creatorCountyDesignated"));
        }
    }

    @Test
    void tellsOfNoCountyWhereThereIsNone() {
        Shop shop = Shop.verified();
        String gift = shop.asCreator()
                .body(Map.of("kind", "GIFT", "title", "Rocket", "price", Shop.money(600)))
                .post("/sessions/" + shop.liveSession() + "/offers")
                .path("offerId");
        shop.open(gift).then().statusCode(200);

        Map<String, Object> told = JsonPath.from(sent(gift, 1).get(0).value()).getMap("$");

        assertEquals(
                Set.of(),
                told.keySet().stream()
                        .filter(field -> field.toLowerCase(Locale.ROOT).contains("county"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void saysNothingOfAnOfferThatNeverOpened() {
        Shop shop = Shop.verified();
        String silent = shop.offer(shop.liveSession(), shop.product(1), 1);
        shop.close(silent).then().statusCode(200);

        String told = shop.openOffer(1);

        sent(told, 1);
        try (TopicReader offers = new TopicReader("offers.v1")) {
            await().until(() -> !offers.of(told).isEmpty());
            assertEquals(List.of(), offers.of(silent));
        }
    }

    @Test
    void sendsARowThatAppearsBelowOneSentBefore() throws SQLException {
        Shop shop = Shop.verified();
        try (Connection late = database.getConnection()) {
            late.setAutoCommit(false);
            insert(late, "late-key");

            sent(shop.openOffer(1), 1);
            late.commit();
        }

        assertEquals(1, sent("late-key", 1).size());
    }

    @Test
    void waitsWhileAnotherReplicaRelays() throws SQLException {
        Shop shop = Shop.verified();
        String offer;
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + 0x6f7574626f78L + ")");
            offer = shop.openOffer(1);
            try (TopicReader offers = new TopicReader("offers.v1")) {
                await().during(Duration.ofMillis(500))
                        .until(() -> offers.of(offer).isEmpty());
            }
            other.commit();
        }

        assertEquals(1, sent(offer, 1).size());
    }

    @Test
    void emptiesTheOutboxAndTellsSoInMetrics() {
        sent(Shop.verified().openOffer(1), 1);

        await().untilAsserted(() -> assertEquals(0, rows()));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("catalog_outbox_size"))
                .body(containsString("catalog_outbox_age_seconds"));
    }

    private static void assertMatches(String type, String id, ConsumerRecord<String, String> record) {
        Map<String, String> headers = TopicReader.headers(record);
        assertEquals(
                Set.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_subject", "content-type"),
                headers.keySet());
        assertEquals("1.0", headers.get("ce_specversion"));
        assertEquals(id, headers.get("ce_id"));
        assertEquals(type, headers.get("ce_type"));
        assertEquals("/catalog-service", headers.get("ce_source"));
        assertEquals(record.key(), headers.get("ce_subject"));
        assertEquals("application/json", headers.get("content-type"));
        assertTrue(Instant.parse(headers.get("ce_time")).isAfter(Instant.now().minusSeconds(60)));
        assertEquals(List.of(), EventContract.of("catalog-service", type).violations(record.value()));
    }

    private static List<ConsumerRecord<String, String>> sent(String key, int expected) {
        try (TopicReader offers = new TopicReader("offers.v1")) {
            return await().until(() -> offers.of(key), records -> records.size() == expected);
        }
    }

    private static String county(String name, boolean designated) {
        String code = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        designate(code, designated);
        return code;
    }

    private static void designate(String code, boolean designated) {
        Shop.as("staff", "operator")
                .body(Map.of("name", "Zhashui", "province", "Shaanxi", "designated", designated))
                .put("/counties/" + code)
                .then()
                .statusCode(200);
    }

    private static void liveIn(Shop shop, String county) {
        shop.asCreator()
                .body(Map.of("displayName", "Lin", "homeCounty", county))
                .put("/creators/me")
                .then()
                .statusCode(200);
    }

    private static void insert(Connection connection, String key) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO outbox (message_key, event_id, event_type, occurred_at, data)
                    VALUES ('%s', '%s.1', 'offer.opened', now(), '{}')
                    """.formatted(key, key));
        }
    }

    private int rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM outbox")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
