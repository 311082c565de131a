package io.livesale.order;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.capture;
import static io.livesale.order.Market.order;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Whoever is in a trace when pressing buy finds there all that becomes of the order, though we record no spans. */
@OrderServiceTest
class TraceparentTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Inject
    Market market;

    @Test
    void goesWithEveryEventOfTheOrder() {
        OfferTerms jars = market.open(Terms.of(10, null));
        String orderId = buy(jars, TRACE);
        capture(orderId, jars.price()).then().statusCode(202);
        await().untilAsserted(() -> order(orderId).then().body("timeline.type", hasItem("order.paid")));

        List<ConsumerRecord<String, byte[]>> events = market.records("orders.v1", UUID.fromString(orderId));

        assertEquals(2, events.size());
        events.forEach(event -> assertEquals(List.of(TRACE), traceparents(event)));
    }

    @Test
    void isNotCarriedWhereItIsNone() {
        OfferTerms jars = market.open(Terms.of(10, null));
        String orderId = buy(jars, "00-zz-zz-zz");

        ConsumerRecord<String, byte[]> reserved =
                market.records("orders.v1", UUID.fromString(orderId)).get(0);

        assertEquals(List.of(), traceparents(reserved));
    }

    private static String buy(OfferTerms jars, String traceparent) {
        return as("lin", "buyer")
                .header("traceparent", traceparent)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=10")
                .body(Map.of("offerId", jars.offerId(), "quantity", 1))
                .post("/orders")
                .then()
                .statusCode(200)
                .extract()
                .path("orderId");
    }

    private static List<String> traceparents(ConsumerRecord<String, byte[]> event) {
        return StreamSupport.stream(event.headers().headers("traceparent").spliterator(), false)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
