package io.livesale.catalog.sales;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.livesale.catalog.sales.SalesReading.Reading;
import io.livesale.stack.EventContract;
import io.livesale.stack.TopicReader;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SalesTest {
    /** What a producer sends and a broker takes unless told otherwise; a record's framing fits the last 200 bytes. */
    private static final int LARGEST_RECORD = 1024 * 1024;

    @Inject
    ObjectMapper json;

    @Inject
    SalesReading reading;

    @Inject
    SalesConsumer consumer;

    private KafkaProducer<String, byte[]> orderService;

    private Shop shop;
    private String product;
    private String session;
    private String offer;

    @BeforeEach
    void openAnOfferOf40Among100Units() {
        shop = Shop.verified();
        product = shop.product(100);
        session = shop.liveSession();
        offer = openOffer(40);
        orderService = new KafkaProducer<>(
                Map.of("bootstrap.servers", TopicReader.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        orderService.close();
    }

    @Test
    void movesUnitsToSoldAsFiguresArrive() throws IOException {
        tell(offer, changed(1, 5, 30, 5));

        awaitRemaining(5);
        assertEquals("60/35/5", Shop.stock(product));

        tell(offer, changed(2, 0, 0, 40));

        awaitRemaining(0);
        assertEquals("60/0/40", Shop.stock(product));
        given().get("/offers/" + offer).then().body("soldOut", equalTo(true));
    }

    @Test
    void givesBackTheUnsoldOnceAndLaterWhatComesFree() throws IOException {
        shop.close(offer).then().statusCode(200);

        tell(offer, settled(1, 20, 10, 10, 20));
        awaitStock("80/10/10");
        tell(offer, settled(1, 20, 10, 10, 20));
        tell(offer, settled(2, 30, 0, 10, 30));
        awaitStock("90/0/10");
        tell(offer, settled(1, 20, 10, 10, 20));
        tell(offer, settled(3, 33, 0, 7, 33));

        awaitStock("93/0/7");
        given().get("/offers/" + offer).then().body("remaining", equalTo(0)).body("soldOut", equalTo(false));
        assertBooksAddUp();
    }

    @Test
    void countsAGiftAndMovesNoUnits() throws IOException {
        String gift = shop.asCreator()
                .body(Map.of("kind", "GIFT", "title", "Rocket", "price", Shop.money(600)))
                .post("/sessions/" + session + "/offers")
                .path("offerId");
        shop.open(gift).then().statusCode(200);
        ObjectNode figures = changed(1, 0, 2, 7);
        figures.remove(List.of("allotment", "remaining"));

        consume(report(gift, figures));

        shop.asCreator()
                .get("/sessions/" + session + "/figures")
                .then()
                .body("offers.find { it.offerId == '" + gift + "' }.reserved", equalTo(2))
                .body("offers.find { it.offerId == '" + gift + "' }.sold", equalTo(7));
        given().get("/offers/" + gift)
                .then()
                .body("soldOut", equalTo(false))
                .body("containsKey('remaining')", equalTo(false));
        assertEquals("60/40/0", Shop.stock(product));
    }

    @Test
    void ignoresFiguresThatArriveLate() throws IOException {
        tell(offer, changed(9, 10, 10, 20));
        awaitStock("60/20/20");

        tell(offer, changed(8, 40, 0, 0));
        tell(offer, changed(10, 9, 10, 21));

        awaitRemaining(9);
        assertEquals("60/19/21", Shop.stock(product));
    }

    @Test
    void appliesTwoOffersOfOneProductFromOneBatch() throws IOException {
        String other = openOffer(50);

        consume(report(offer, changed(1, 30, 0, 10)), report(other, changed(1, 45, 0, 5)));

        assertEquals("10/75/15", Shop.stock(product));
        assertBooksAddUp();
    }

    @Test
    void appliesTheNewestGoodReportBesideANewerBadOne() throws IOException {
        consume(
                report(offer, changed(1, 39, 0, 1)),
                report(offer, changed(2, 38, 0, 2)),
                report(offer, changed(3, 38, 0, 3)));

        assertEquals("60/38/2", Shop.stock(product));
        assertEquals("remaining is not 37", setAside(offer).get("dead-letter-reason"));
    }

    @Test
    void setsAsideWhatTheDatabaseRefusesAndAppliesItsNeighbours() throws IOException, SQLException {
        String unlucky = openOffer(20);
        String other = openOffer(30);
        Database.asOwner("ALTER TABLE offer ADD CONSTRAINT unlucky CHECK (sold <> 13) NOT VALID");
        try {
            consume(
                    report(offer, changed(1, 39, 0, 1)),
                    report(unlucky, changed(1, 7, 0, 13)),
                    report(other, changed(1, 28, 0, 2)));
        } finally {
            Database.asOwner("ALTER TABLE offer DROP CONSTRAINT unlucky");
        }

        assertEquals("10/87/3", Shop.stock(product));
        assertThat(setAside(unlucky).get("dead-letter-reason"), startsWith("the database refuses it"));
        assertBooksAddUp();
    }

    @Test
    void setsAsideTheLargestRecordThereCanBe() {
        String key = UUID.randomUUID().toString();

        send(key, SalesReport.CHANGED, "x".repeat(LARGEST_RECORD - 200).getBytes(StandardCharsets.UTF_8));

        assertEquals("offer-sales.v1", setAside(key).get("dead-letter-topic"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{\"offerId\":\"x\",\"reserved\":0,\"sold\":0,\"version\":1}",
                "{\"offerId\":\"01938f4e-7c1a-7b7e-9c55-3f0c9a6c1d01\",\"reserved\":-1,\"sold\":0,\"version\":1}",
                "null",
                ""
            })
    void setsAsideWhatItCannotReadAndAppliesItsNeighbours(String malformed) throws IOException {
        String key = UUID.randomUUID().toString();
        tell(offer, changed(1, 39, 1, 0));

        send(key, SalesReport.CHANGED, malformed.getBytes(StandardCharsets.UTF_8));
        tell(offer, changed(2, 38, 1, 1));

        awaitStock("60/39/1");
        assertTrue(setAside(key).containsKey("dead-letter-reason"));
    }

    @Test
    void setsAsideFiguresThatContradictTheOffer() throws IOException {
        tell(offer, changed(1, 0, 0, 41));

        Map<String, String> headers = setAside(offer);

        assertEquals("the figures exceed the allotment of 40", headers.get("dead-letter-reason"));
        assertEquals("offer-sales.v1", headers.get("dead-letter-topic"));
        assertEquals(SalesReport.CHANGED, headers.get("ce_type"));
        assertEquals("60/40/0", Shop.stock(product));
    }

    @Test
    void setsAsideFiguresOfAnOfferThatIsNotOurs() throws IOException {
        String unknown = UUID.randomUUID().toString();

        tell(unknown, changed(1, 0, 0, 1));

        assertEquals("no such offer", setAside(unknown).get("dead-letter-reason"));
    }

    @Test
    void waitsOutAFaultOfTheDatabaseAndAppliesThen() throws IOException, SQLException {
        Database.asOwner("REVOKE UPDATE ON offer FROM catalog");
        try {
            tell(offer, changed(1, 39, 0, 1));
            await().untilAsserted(() -> given().get("/q/metrics").then().body(containsString("catalog_sales_retries")));
            assertEquals("60/40/0", Shop.stock(product));
        } finally {
            Database.asOwner("GRANT UPDATE ON offer TO catalog");
        }

        awaitStock("60/39/1");
    }

    @Test
    void skipsTombstonesAndTypesItDoesNotAskFor() throws IOException {
        send(offer, null, null);
        send(offer, "offer.admired", "{}".getBytes(StandardCharsets.UTF_8));
        tell(offer, changed(1, 39, 0, 1));

        awaitStock("60/39/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {SalesReport.CHANGED, SalesReport.SETTLED})
    void readsTheProducersExample(String type) {
        EventContract contract = EventContract.of("order-service", type);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                "offer-sales.v1", 0, 0, "key", contract.example().getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));

        Reading read = reading.read(record);

        assertEquals(List.of(), contract.violations(contract.example()));
        SalesReport report = assertInstanceOf(Reading.Report.class, read).report();
        assertEquals(type.equals(SalesReport.SETTLED), report.unsold() != null);
        assertTrue(report.version() >= 1);
        assertTrue(report.takings().orElseThrow().orders() >= report.sold());
    }

    private String openOffer(int units) {
        String made = shop.offer(session, product, units);
        shop.open(made).then().statusCode(200);
        return made;
    }

    private ObjectNode changed(long version, long remaining, long reserved, long sold) throws IOException {
        return figures(SalesReport.CHANGED, version, remaining, reserved, sold);
    }

    private ObjectNode settled(long version, long remaining, long reserved, long sold, long unsold) throws IOException {
        return figures(SalesReport.SETTLED, version, remaining, reserved, sold).put("unsold", unsold);
    }

    /** The producer's own example with other figures. */
    private ObjectNode figures(String type, long version, long remaining, long reserved, long sold) throws IOException {
        ObjectNode example = (ObjectNode)
                json.readTree(EventContract.of("order-service", type).example());
        return example.put("version", version)
                .put("remaining", remaining)
                .put("reserved", reserved)
                .put("sold", sold);
    }

    private void tell(String offerId, ObjectNode figures) throws IOException {
        send(report(offerId, figures));
    }

    private ProducerRecord<String, byte[]> report(String offerId, ObjectNode figures) throws IOException {
        String type = figures.has("unsold") ? SalesReport.SETTLED : SalesReport.CHANGED;
        return record(offerId, type, json.writeValueAsBytes(figures.put("offerId", offerId)));
    }

    private static ProducerRecord<String, byte[]> record(String key, String type, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>("offer-sales.v1", key, value);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private void send(String key, String type, byte[] value) {
        send(record(key, type, value));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        orderService.send(record);
        orderService.flush();
    }

    /** Hands the consumer exactly these as one poll. */
    @SafeVarargs
    private void consume(ProducerRecord<String, byte[]>... sent) {
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : sent) {
            ConsumerRecord<String, byte[]> read =
                    new ConsumerRecord<>(record.topic(), 0, polled.size(), record.key(), record.value());
            record.headers().forEach(read.headers()::add);
            polled.add(read);
        }
        TopicPartition partition = new TopicPartition("offer-sales.v1", 0);
        consumer.apply(new ConsumerRecords<>(Map.of(partition, polled), Map.of()))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private void awaitRemaining(int units) {
        await().untilAsserted(() -> given().get("/offers/" + offer).then().body("remaining", equalTo(units)));
    }

    private void awaitStock(String stock) {
        await().untilAsserted(() -> assertEquals(stock, Shop.stock(product)));
    }

    private static Map<String, String> setAside(String key) {
        try (TopicReader deadLetters = new TopicReader("offer-sales.v1.dead-letters")) {
            await().until(() -> !deadLetters.of(key).isEmpty());
            return TopicReader.headers(deadLetters.of(key).get(0));
        }
    }

    /** Promise I3, over every product there is. */
    private static void assertBooksAddUp() {
        Shop.as("staff", "operator").get("/stock/reconciliation").then().body("adrift", equalTo(0));
    }
}
