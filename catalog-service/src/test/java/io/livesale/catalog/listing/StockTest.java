package io.livesale.catalog.listing;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StockTest {
    @Test
    void answersARepeatWithTheFirstResult() {
        Shop shop = new Shop();
        String product = shop.product(0);
        shop.adjust(product, "a", 10).then().statusCode(200).body("available", equalTo(10));
        shop.adjust(product, "b", 5).then().body("available", equalTo(15));

        shop.adjust(product, "a", 10).then().statusCode(200).body("available", equalTo(10));

        assertEquals("15/0/0", Shop.stock(product));
    }

    @Test
    void refusesAnIdReusedForAnotherDelta() {
        Shop shop = new Shop();
        String product = shop.product(10);

        shop.adjust(product, "first", 11).then().statusCode(409).body("code", equalTo("ADJUSTMENT_ID_REUSED"));

        assertEquals("10/0/0", Shop.stock(product));
    }

    @Test
    void takesOutAllThereIsButNotOneMore() {
        Shop shop = new Shop();
        String product = shop.product(10);

        shop.adjust(product, "too-many", -11).then().statusCode(409).body("code", equalTo("INSUFFICIENT_STOCK"));
        shop.adjust(product, "all", -10).then().statusCode(200).body("available", equalTo(0));
    }

    @Test
    void letsARefusedAdjustmentBeTriedAgain() {
        Shop shop = new Shop();
        String product = shop.product(10);
        shop.adjust(product, "later", -15).then().statusCode(409);
        shop.adjust(product, "more", 5).then().statusCode(200);

        shop.adjust(product, "later", -15).then().statusCode(200).body("available", equalTo(0));
    }

    @Test
    void givesTheLastUnitsOnceAmongManyAtOnce() throws Exception {
        Shop shop = new Shop();
        String product = shop.product(7);
        List<Callable<Integer>> takes = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(
                        i -> () -> shop.adjust(product, "take-" + i, -1).statusCode())
                .toList();

        List<Integer> statuses = Race.run(takes);

        assertEquals(7, Collections.frequency(statuses, 200));
        assertEquals(9, Collections.frequency(statuses, 409));
        assertEquals("0/0/0", Shop.stock(product));
    }

    @Test
    void adjustsOnceWhenTheSameIdArrivesManyTimesAtOnce() throws Exception {
        Shop shop = new Shop();
        String product = shop.product(0);
        Callable<Integer> add = () -> shop.adjust(product, "same", 3).path("available");

        List<Integer> results = Race.run(Collections.nCopies(8, add));

        assertEquals(Collections.nCopies(8, 3), results);
        assertEquals("3/0/0", Shop.stock(product));
    }

    @Test
    void hidesOtherSellersProducts() {
        Shop owner = new Shop();
        String product = owner.product(10);

        new Shop().adjust(product, "x", 1).then().statusCode(404).body("code", equalTo("NOT_FOUND"));

        assertEquals("10/0/0", Shop.stock(product));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_001L, -1_000_000_001L})
    void refusesADeltaOutsideItsRange(long delta) {
        Shop shop = new Shop();

        shop.adjust(shop.product(0), "x", delta).then().statusCode(400).body("violations[0].field", equalTo("delta"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "with space", "ünïcode", "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void refusesABadAdjustmentId(String id) {
        Shop shop = new Shop();

        shop.asSeller()
                .body(Map.of("adjustmentId", id, "delta", 1))
                .post("/products/" + shop.product(0) + "/stock-adjustments")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("adjustmentId"));
    }
}
