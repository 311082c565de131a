package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.e2e.LocalSystem.Spike;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A crowd buys, changes its mind, forgets to pay and sends goods back: every unit and every fen is accounted for. */
@SharedSystem
class StockIT {
    private static final int UNITS = 300;
    /** Of each kind of afterthought. */
    private static final int SOME = 15;

    private static final long COMMISSION_BASIS_POINTS = 2000;
    private static final Set<String> PAID_FOR = Set.of("PAID", "SHIPPED", "DELIVERED", "COMPLETED", "REFUNDED");
    private static final Duration SOON = Duration.ofSeconds(20);

    private static LocalSystem system;
    private static Person operator;

    @BeforeAll
    static void signIn(LocalSystem shared) {
        system = shared;
        operator = Person.signIn(system.origin(), "staff", "operator");
    }

    @Test
    void stockAndFiguresAddUpAfterASpikeWithEveryKindOfAfterthought() {
        LiveSession session = LiveSession.start(system.origin(), "Afterthoughts");
        String offer = session.sell("Walnuts", UNITS);
        Spike spike = system.spike("--offer", offer, "--orders", "1000", "--buyers", "600", "--pay-percent", "60");
        assertEquals(0, spike.exitCode(), spike.output());

        haveAfterthoughts(offer);
        await().atMost(SharedSystemExtension.PAYMENT_WINDOW.plus(SOON))
                .until(() -> orders(offer, "RESERVED").isEmpty());
        assertThat(orders(offer, "EXPIRED").size(), greaterThan(0));
        session.close(offer);

        List<JsonObject> paidFor = orders(offer).stream()
                .filter(order -> PAID_FOR.contains(order.getString("status")))
                .toList();
        int sold = (int) sum(paidFor, StockIT::unitsKept);
        await().atMost(SOON)
                .untilAsserted(() -> session.creator()
                        .get("/sessions/" + session.id() + "/figures")
                        .then()
                        .body("offers[0].orders", equalTo(spike.figure("accepted")))
                        .body("offers[0].reserved", equalTo(0))
                        .body("offers[0].sold", equalTo(sold))
                        .body("offers[0].gross.amount", equalTo((int) sum(paidFor, StockIT::left)))
                        .body("offers[0].commission.amount", equalTo((int) sum(paidFor, StockIT::commission))));
        await().atMost(SOON)
                .untilAsserted(() -> given().get(system.origin() + "/products/" + productOf(offer))
                        .then()
                        .body("stock.available", equalTo(UNITS - sold))
                        .body("stock.allotted", equalTo(0))
                        .body("stock.sold", equalTo(sold)));
        operator.get("/stock/reconciliation")
                .then()
                .statusCode(200)
                .body("adrift", equalTo(0))
                .body("differences", empty());
    }

    /** Cancels before and after paying, refunds wholly and in part; the rest of the unpaid orders will run out. */
    private static void haveAfterthoughts(String offer) {
        Person seller = LiveSession.seller(system.origin());
        List<JsonObject> paid = orders(offer, "PAID");
        orders(offer, "RESERVED").stream().limit(SOME).forEach(StockIT::cancel);
        paid.subList(0, SOME).forEach(StockIT::cancel);
        paid.subList(SOME, 2 * SOME).forEach(order -> refund(seller, order, amount(order), true));
        paid.subList(2 * SOME, 3 * SOME).forEach(order -> refund(seller, order, 3, false));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertEquals(2 * SOME, orders(offer, "CANCELLED").size()));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertEquals(SOME, orders(offer, "REFUNDED").size()));
    }

    private static String productOf(String offer) {
        return given().get(system.origin() + "/offers/" + offer).path("productId");
    }

    private static void cancel(JsonObject order) {
        Person.signIn(system.origin(), order.getString("buyerId"), "buyer")
                .post("/orders/" + order.getString("orderId") + "/cancellation")
                .then()
                .statusCode(202);
    }

    private static void refund(Person seller, JsonObject order, long fen, boolean restock) {
        Map<String, Object> amount = Map.of("amount", fen, "currency", "CNY");
        seller.post(
                        "/orders/" + order.getString("orderId") + "/refunds",
                        Map.of("refundId", "r-1", "amount", amount, "reason", "sorry", "restock", restock))
                .then()
                .statusCode(202);
    }

    private static List<JsonObject> orders(String offer, String status) {
        return pages("/orders?limit=200&offerId=" + offer + "&status=" + status);
    }

    /** All but the rejected. */
    private static List<JsonObject> orders(String offer) {
        return pages("/orders?limit=200&offerId=" + offer);
    }

    private static List<JsonObject> pages(String list) {
        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = new JsonObject(operator.get(list + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .asString());
            page.getJsonArray("items").forEach(order -> all.add((JsonObject) order));
            cursor = page.getString("nextCursor");
        }
        return all;
    }

    private static long sum(List<JsonObject> orders, ToLongFunction<JsonObject> figure) {
        return orders.stream().mapToLong(figure).sum();
    }

    private static long amount(JsonObject order) {
        return order.getJsonObject("total").getLong("amount");
    }

    private static long left(JsonObject order) {
        return amount(order) - sum(refunds(order), StockIT::amountOf);
    }

    private static long commission(JsonObject order) {
        return left(order) * COMMISSION_BASIS_POINTS / 10_000;
    }

    private static long unitsKept(JsonObject order) {
        return order.getInteger("quantity") - sum(refunds(order), refund -> refund.getInteger("restockedUnits"));
    }

    private static long amountOf(JsonObject refund) {
        return refund.getJsonObject("amount").getLong("amount");
    }

    private static List<JsonObject> refunds(JsonObject order) {
        return order.getJsonArray("refunds", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
