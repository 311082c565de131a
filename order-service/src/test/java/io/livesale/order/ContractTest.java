package io.livesale.order;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.capture;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.paid;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.stack.EventContract;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What we tell is what {@code contracts/} promises: every type of event, driven through the API. */
@OrderServiceTest
class ContractTest {
    private static final Set<String> TYPES = Set.of(
            "order.reserved",
            "order.rejected",
            "order.paid",
            "order.cancelled",
            "order.expired",
            "order.payment-returned",
            "order.shipped",
            "order.delivered",
            "order.completed",
            "order.refunded",
            "order.refund-refused",
            "offer.sales-changed",
            "offer.settled");

    @Inject
    Market market;

    @Inject
    OrderSettings settings;

    @Test
    void everyEventOfTwoWholeSalesKeepsItsContract() {
        OfferTerms jars = market.open(Terms.of(10, null));
        OfferTerms gifts = market.open(Terms.gift());
        buy("wang", UUID.randomUUID().toString(), jars, 11);
        paid("wang", gifts, 1);
        shipRefundTwiceAndConfirm(paid("lin", jars, 3));
        cancelAndPayTooLate(buy("lin", UUID.randomUUID().toString(), jars, 1).path("orderId"), jars);
        expire(jars);
        market.close(jars);

        Map<String, List<String>> told = new TreeMap<>();
        List.of("orders.v1", "offer-sales.v1")
                .forEach(topic -> market.records(topic)
                        .filter(entry -> isOf(entry.value(), jars) || isOf(entry.value(), gifts))
                        .forEach(entry -> told.computeIfAbsent(
                                        CloudEvent.typeOf(entry.headers()), type -> new ArrayList<>())
                                .add(new String(entry.value(), StandardCharsets.UTF_8))));

        assertEquals(TYPES, told.keySet());
        told.forEach((type, events) -> {
            EventContract contract = EventContract.of("order-service", type);
            events.forEach(json -> assertEquals(List.of(), contract.violations(json), type));
        });
        assertThat(told.get("order.refunded"), everyItem(containsString("\"by\":\"zhashui-coop\"")));
    }

    /** The examples are what consumers build on. */
    @Test
    void everyExampleKeepsItsContract() {
        for (String type : TYPES) {
            EventContract contract = EventContract.of("order-service", type);
            assertEquals(List.of(), contract.violations(contract.example()), type);
        }
    }

    @Test
    void theFolderAndTheDocumentNameEveryEvent() throws IOException {
        Path folder = Path.of("contracts");
        String document = Files.readString(folder.resolve("asyncapi.yaml"));
        for (String type : TYPES) {
            assertTrue(document.contains("$ref: './" + type + ".schema.json'"), type);
            assertTrue(document.contains("$ref: '#/components/messages/" + type + "'"), type);
        }
        try (var files = Files.list(folder)) {
            assertEquals(2 * TYPES.size() + 1, files.count(), "a schema and an example of each, and the document");
        }
    }

    private void shipRefundTwiceAndConfirm(String orderId) {
        as("zhashui-coop", "seller")
                .body(new Order.Shipment("SF Express", "SF1234567890"))
                .post("/orders/" + orderId + "/shipment");
        awaitStatus(orderId, Status.SHIPPED);
        market.whileDecidingIsHeldUp(() -> {
            refund(orderId, "broken", 1990);
            refund(orderId, "all", 5970);
        });
        await().untilAsserted(() -> order(orderId).then().body("timeline.type", hasItem("order.refund-refused")));
        as("lin", "buyer").post("/orders/" + orderId + "/receipt-confirmation");
        awaitStatus(orderId, Status.COMPLETED);
    }

    private static void refund(String orderId, String refundId, int amount) {
        as("zhashui-coop", "seller")
                .body(Map.of(
                        "refundId",
                        refundId,
                        "amount",
                        new Money(amount, Terms.CNY),
                        "reason",
                        "one jar was broken",
                        "restock",
                        true))
                .post("/orders/" + orderId + "/refunds")
                .then()
                .statusCode(202);
    }

    private static void cancelAndPayTooLate(String orderId, OfferTerms jars) {
        as("lin", "buyer").post("/orders/" + orderId + "/cancellation");
        awaitStatus(orderId, Status.CANCELLED);
        capture(orderId, jars.price()).then().statusCode(202);
        await().untilAsserted(() -> order(orderId).then().body("timeline.type", hasItem("order.payment-returned")));
    }

    /** An order whose payment window is over by the time it is decided. */
    private void expire(OfferTerms jars) {
        UUID orderId = UUID.randomUUID();
        Instant longAgo = Instant.now().minus(settings.payment().window()).truncatedTo(ChronoUnit.MILLIS);
        market.append(new PlaceOrder(orderId, jars.offerId(), "lin", 1, null, null, longAgo));
        awaitStatus(orderId.toString(), Status.EXPIRED);
    }

    private static boolean isOf(byte[] value, OfferTerms offer) {
        return new String(value, StandardCharsets.UTF_8)
                .contains(offer.offerId().toString());
    }
}
