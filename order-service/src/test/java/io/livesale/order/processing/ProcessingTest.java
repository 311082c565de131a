package io.livesale.order.processing;

import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.json;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.livesale.order.CloudEvent;
import io.livesale.order.CommandCodec;
import io.livesale.order.EventSender;
import io.livesale.order.Json;
import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.Terms;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class ProcessingTest {
    @Inject
    Market market;

    @Inject
    BatchDecision decision;

    @Inject
    EventSender events;

    @Test
    void reservesExactlyTheAllotmentWhenManyPressAtOnce() {
        OfferTerms offer = market.open(Terms.of(40, 2));

        List<String> accepted = pressMany(offer, 120);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(accepted.size(), decided(accepted)));
        assertEquals(40, count("SELECT count(*) FROM orders WHERE status = 'RESERVED' AND offer_id = '%s'", offer));
        assertEquals(
                0,
                count(
                        "SELECT count(*) FROM (SELECT sum(quantity) AS units FROM orders WHERE status = 'RESERVED'"
                                + " AND offer_id = '%s' GROUP BY buyer_id) AS held WHERE units > 2",
                        offer));
        await().untilAsserted(() -> given().get("/availability/" + offer.offerId())
                .then()
                .body("remaining", equalTo(0))
                .body("reserved", equalTo(40))
                .body("queueDepth", equalTo(0)));
    }

    @Test
    void decidesEverythingThoughItsConnectionsAreCut() {
        OfferTerms offer = market.open(Terms.of(100, null));
        List<String> orders = new ArrayList<>(pressMany(offer, 30));

        market.cutConnections();
        orders.addAll(pressMany(offer, 30));
        market.cutConnections();
        orders.addAll(pressMany(offer, 30));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(90, decided(orders)));
        assertEquals(90, count("SELECT reserved FROM offer WHERE offer_id = '%s'", offer));
    }

    @Test
    void divertsWhatIsNoCommandAndDecidesItsNeighbours() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String key = offer.offerId().toString();
        String before = buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId");
        byte[] wrongKey = Json.writeBytes(new PlaceOrder(
                UUID.randomUUID(), UUID.randomUUID(), "lin", 1, null, null, Instant.parse("2026-11-21T12:00:00Z")));

        market.send(new ProducerRecord<>(CommandCodec.TOPIC, key, "no json".getBytes(StandardCharsets.UTF_8)));
        market.send(command(key, "place-order", "{".getBytes(StandardCharsets.UTF_8)));
        market.send(command(key, "place-order", "{\"quantity\": 1}".getBytes(StandardCharsets.UTF_8)));
        market.send(command(key, "place-order", wrongKey));
        market.send(command(key, "unheard-of", "{}".getBytes(StandardCharsets.UTF_8)));
        market.send(command(key, "place-order", null));
        String after = buy("wang", UUID.randomUUID().toString(), offer, 1).path("orderId");

        assertEquals(2, decided(List.of(before, after)));
        List<ConsumerRecord<String, byte[]>> letters = market.records(CommandCodec.TOPIC + ".dead-letters")
                .filter(letter -> key.equals(letter.key()))
                .toList();
        assertEquals(6, letters.size());
        letters.forEach(
                letter -> assertFalse(header(letter, "dead-letter-reason").isBlank()));
    }

    @Test
    void replayedCommandsResendTheSameEventsAndChangeNothing() {
        OfferTerms offer = market.open(Terms.of(3, 5));
        UUID reserved = UUID.fromString(
                buy("lin", UUID.randomUUID().toString(), offer, 2).path("orderId"));
        UUID rejected = UUID.fromString(
                buy("wang", UUID.randomUUID().toString(), offer, 2).path("orderId"));
        List<ConsumerRecord<String, byte[]>> log = market.records(CommandCodec.TOPIC, offer.offerId());
        List<String> rowsBefore = rows(offer);
        assertEquals(2 + 1 + 1, rowsBefore.size(), "orders, offer and units");

        decision.decide(CommandBatch.read(log.get(0).offset(), log), PartitionMemory.NONE)
                .chain(decided -> events.send(decided.events()))
                .await()
                .atMost(Duration.ofSeconds(10));

        assertEquals(rowsBefore, rows(offer));
        for (UUID orderId : List.of(reserved, rejected)) {
            List<ConsumerRecord<String, byte[]>> copies = market.records("orders.v1", orderId);
            assertEquals(2, copies.size());
            assertArrayEquals(copies.get(0).value(), copies.get(1).value());
            assertEquals(header(copies.get(0), "ce_id"), header(copies.get(1), "ce_id"));
            assertEquals(orderId + ".1", header(copies.get(0), "ce_id"));
        }
        List<String> figures = market.records("offer-sales.v1", offer.offerId()).stream()
                .map(told -> header(told, "ce_id"))
                .toList();
        assertEquals(offer.offerId() + ".3", figures.get(figures.size() - 1), "the newest figures are told last");
    }

    @Test
    void aRepeatedCommandAtALaterOffsetChangesNothing() {
        OfferTerms offer = market.open(Terms.of(3, null));
        UUID order = UUID.fromString(
                buy("lin", UUID.randomUUID().toString(), offer, 1).path("orderId"));
        ConsumerRecord<String, byte[]> place = market.records(CommandCodec.TOPIC, offer.offerId()).stream()
                .filter(entry -> CloudEvent.typeOf(entry.headers()).equals("place-order"))
                .findFirst()
                .orElseThrow();

        market.send(command(place.key(), "place-order", place.value()));
        buy("wang", UUID.randomUUID().toString(), offer, 1);

        assertEquals(1, market.records("orders.v1", order).size());
        assertEquals(2, count("SELECT reserved FROM offer WHERE offer_id = '%s'", offer));
    }

    @Test
    void oneKeyUsedOnTwoOffersIsOneOrder() {
        OfferTerms paste = market.open(Terms.of(3, null));
        OfferTerms tofu = market.open(Terms.of(3, null));
        UUID orderId = UUID.randomUUID();

        for (OfferTerms offer : List.of(paste, tofu)) {
            market.append(new PlaceOrder(
                    orderId,
                    offer.offerId(),
                    "lin",
                    1,
                    null,
                    null,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        }
        buy("wang", UUID.randomUUID().toString(), paste, 1);
        buy("wang", UUID.randomUUID().toString(), tofu, 1);

        assertEquals(1, market.records("orders.v1", orderId).size());
        assertEquals(
                3,
                count("SELECT reserved FROM offer WHERE offer_id = '%s'", paste)
                        + count("SELECT reserved FROM offer WHERE offer_id = '%s'", tofu));
    }

    private static List<String> pressMany(OfferTerms offer, int orders) {
        return IntStream.range(0, orders)
                .parallel()
                .mapToObj(number ->
                        press("buyer-" + number % 50, UUID.randomUUID().toString(), offer, 1))
                .filter(response -> response.statusCode() == 202)
                .map(response -> json(response).getString("orderId"))
                .toList();
    }

    private long decided(List<String> orders) {
        String ids = orders.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        return Long.parseLong(market.query("SELECT count(*) FROM orders WHERE order_id IN (" + ids + ")")
                .get(0));
    }

    private long count(String sql, OfferTerms offer) {
        return Long.parseLong(market.query(sql.formatted(offer.offerId())).get(0));
    }

    private List<String> rows(OfferTerms offer) {
        return market.query("""
                SELECT orders::text FROM orders WHERE offer_id = '%1$s'
                UNION ALL SELECT offer::text FROM offer WHERE offer_id = '%1$s'
                UNION ALL SELECT buyer_units::text FROM buyer_units WHERE offer_id = '%1$s'
                ORDER BY 1
                """.formatted(offer.offerId()));
    }

    private static ProducerRecord<String, byte[]> command(String key, String type, byte[] value) {
        return new ProducerRecord<>(CommandCodec.TOPIC, null, key, value, List.of(CloudEvent.header("ce_type", type)));
    }

    private static String header(ConsumerRecord<String, byte[]> entry, String name) {
        return new String(entry.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
