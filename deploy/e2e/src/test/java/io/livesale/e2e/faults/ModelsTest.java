package io.livesale.e2e.faults;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The models themselves, where DOMAIN.md gives an example or leaves no doubt. */
class ModelsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final OrderModel orders = new OrderModel(Duration.ofSeconds(15), Duration.ofSeconds(4));

    @Test
    void sellsNoMoreThanThereIsAndTakesBackWhatLapses() {
        take("open-offer", 0, JsonObject.of("terms", terms(3)));
        place("o1", "lin", 2, 0);
        place("o2", "mei", 2, 1);
        take("expire-order", 14, change("o1"));
        take("expire-order", 15, change("o1"));
        take("pay-order", 16, change("o1").put("paymentId", "p1"));
        place("o3", "mei", 2, 16);

        assertEquals(
                Map.of(
                        "o1.1", "order.reserved",
                        "o1.2", "order.expired",
                        "o1.3", "order.payment-returned",
                        "o2.1", "order.rejected",
                        "o3.1", "order.reserved"),
                types());
        assertEquals(yuan(3980), orders.events().get("o1.3").getJsonObject("amount"));
        assertEquals(Map.of("o1", List.of(3980L)), orders.returns());
        assertEquals(
                Map.of("offer", "OPEN reserved=2 sold=0 orders=3 gross=0 commission=0 version=5"), orders.offers());
    }

    @Test
    void countsWhatABuyerHoldsAndGivesBackWholeUnits() {
        take("open-offer", 0, JsonObject.of("terms", terms(10).put("perBuyerLimit", 3)));
        place("o1", "lin", 3, 0);
        place("o2", "lin", 1, 0);
        take("pay-order", 1, change("o1").put("paymentId", "p1"));
        refund("o1", "r1", 1000);
        refund("o1", "r2", 1000);
        refund("o1", "r2", 1000);
        refund("o1", "r3", 9999);

        assertEquals(Map.of("offer/lin", 2), orders.units());
        assertEquals("REFUNDED", finishing("o1", "r4", 3970).split(" ")[0]);
        assertEquals("order.refund-refused", types().get("o1.5"));
        assertEquals("order.rejected", types().get("o2.1"));
        assertEquals(yuan(3970), orders.events().get("o1.4").getJsonObject("left"));
        assertEquals(Map.of("o1", List.of(1000L, 1000L, 3970L)), orders.returns());
    }

    /** Each order's share is rounded down for itself. */
    @Test
    void addsUpWhatAnOfferTakes() {
        take("open-offer", 0, JsonObject.of("terms", terms(10).put("commissionBasisPoints", 1234)));
        place("o1", "lin", 1, 0);
        place("o2", "lin", 1, 0);
        take("pay-order", 1, change("o1").put("paymentId", "p1"));
        take("pay-order", 1, change("o2").put("paymentId", "p2"));
        refund("o1", "r1", 1);

        // 1234 of 10,000 of 1989 are 245.4, of 1990 are 245.6.
        assertEquals(
                Map.of("offer", "OPEN reserved=0 sold=2 orders=2 gross=3979 commission=490 version=6"),
                orders.offers());
    }

    private Map<String, String> types() {
        return orders.events().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, event -> event.getValue().getString("type")));
    }

    @Test
    void splitsTheWorkedExampleAndTakesItBackInProportion() {
        MoneyModel money = new MoneyModel();
        JsonObject paid = JsonObject.of("orderId", "o1", "kind", "PRODUCT", "county", Traffic.PROGRAMME_COUNTY)
                .put("sellerId", "coop")
                .put("creatorId", "mei")
                .put("commissionBasisPoints", 2000)
                .put("total", yuan(5970));
        money.take("order.paid", paid);

        assertEquals(
                Map.of("psp-clearing", -5970L, "platform:fees", 59L, "party:mei", 1194L, "party:coop", 4717L),
                money.balances());

        money.take("order.refunded", JsonObject.of("orderId", "o1", "amount", yuan(5970)));

        assertEquals(Map.of(), money.balances());
        assertEquals(Set.of("o1"), money.paidOrders());
    }

    private String finishing(String order, String refund, int amount) {
        refund(order, refund, amount);
        return orders.orders().get(order);
    }

    private void refund(String order, String refund, int amount) {
        take(
                "refund-order",
                2,
                change(order)
                        .put("refundId", refund)
                        .put("amount", yuan(amount))
                        .put("restock", true));
    }

    private void place(String order, String buyer, int quantity, int second) {
        take("place-order", second, change(order).put("buyerId", buyer).put("quantity", quantity));
    }

    private void take(String type, int second, JsonObject command) {
        orders.take(type, command.put("at", START.plusSeconds(second).toString()));
    }

    private static JsonObject change(String order) {
        return JsonObject.of("orderId", order, "offerId", "offer");
    }

    private static JsonObject terms(int allotment) {
        return JsonObject.of("offerId", "offer", "kind", "PRODUCT", "price", yuan(1990), "allotment", allotment)
                .put("commissionBasisPoints", 2000);
    }

    private static JsonObject yuan(int fen) {
        return JsonObject.of("amount", fen, "currency", "CNY");
    }
}
