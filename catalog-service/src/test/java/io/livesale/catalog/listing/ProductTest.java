package io.livesale.catalog.listing;

import static io.livesale.catalog.Shop.productBody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.catalog.Shop;
import io.livesale.stack.Race;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProductTest {
    @Test
    void listsAProductWithoutStock() {
        Shop shop = new Shop();

        String id = shop.asSeller()
                .body(productBody())
                .post("/products")
                .then()
                .statusCode(201)
                .body("sellerId", equalTo(shop.seller))
                .body("settlementProfile", equalTo("STANDARD"))
                .body("stock.available", equalTo(0))
                .extract()
                .path("productId");

        given().get("/products/" + id)
                .then()
                .statusCode(200)
                .body("listPrice.amount", equalTo(2590))
                .body("listPrice.currency", equalTo("CNY"))
                .body("containsKey('description')", equalTo(false));
    }

    @Test
    void pagesThroughASellersProductsNewestFirst() {
        Shop shop = new Shop();
        String first = shop.product(0);
        String second = shop.product(0);
        String third = shop.product(0);

        String cursor = given().get("/products?limit=2&sellerId=" + shop.seller)
                .then()
                .statusCode(200)
                .body("items.productId", contains(third, second))
                .extract()
                .path("nextCursor");

        given().get("/products?limit=2&sellerId=" + shop.seller + "&cursor=" + cursor)
                .then()
                .body("items.productId", contains(first))
                .body("nextCursor", nullValue());
        given().get("/products").then().statusCode(200);
    }

    @Test
    void findsByCountyAndByPartOfTheTitleInAnyCaseAndLiterally() {
        Shop shop = new Shop();
        String chilli = listed(shop, Map.of("title", "Chilli OIL 100%"));
        String walnut = listed(shop, Map.of("title", "Walnut oil"));
        listed(shop, Map.of("title", "Rice"));
        String own = "/products?sellerId=" + shop.seller;

        given().get(own + "&q=oil").then().statusCode(200).body("items.productId", contains(walnut, chilli));
        given().queryParam("q", "0%").get(own).then().body("items.productId", contains(chilli));
        given().queryParam("q", "l%o").get(own).then().body("items", hasSize(0));
        given().get(own + "&q=oil&county=" + Shop.COUNTY).then().body("items", hasSize(2));
        given().get(own + "&county=elsewhere").then().statusCode(200).body("items", hasSize(0));
        given().get(own + "&county=no+code").then().statusCode(400).body("violations[0].field", equalTo("county"));
        given().get(own + "&q=" + "x".repeat(101)).then().statusCode(400).body("violations[0].field", equalTo("q"));
    }

    @Test
    void changesAProductWhole() {
        Shop shop = new Shop();
        String id = listed(shop, Map.of("sku", "A-1", "description", "Sun dried", "settlementProfile", "EXPRESS"));
        shop.adjust(id, "first", 10).then().statusCode(200);

        shop.asSeller()
                .body(body(Map.of("title", "Walnuts", "listPrice", Map.of("amount", 5, "currency", "USD"))))
                .put("/products/" + id)
                .then()
                .statusCode(200)
                .body("title", equalTo("Walnuts"))
                .body("stock.available", equalTo(10));

        given().get("/products/" + id)
                .then()
                .body("title", equalTo("Walnuts"))
                .body("listPrice.currency", equalTo("USD"))
                .body("settlementProfile", equalTo("STANDARD"))
                .body("sellerId", equalTo(shop.seller))
                .body("containsKey('description')", equalTo(false))
                .body("containsKey('sku')", equalTo(false))
                .body("stock.available", equalTo(10));
    }

    @Test
    void leavesOffersAsTheyWereMade() {
        Shop shop = new Shop();
        String product = listed(shop, Map.of("imageUrl", "https://img.example/old.png"));
        shop.adjust(product, "first", 10).then().statusCode(200);
        String offer = shop.offer(shop.session(), product, 5);

        shop.asSeller()
                .body(body(Map.of("title", "Other", "commissionBasisPoints", 1, "listPrice", Shop.money(9))))
                .put("/products/" + product)
                .then()
                .statusCode(200);

        given().get("/offers/" + offer)
                .then()
                .body("title", equalTo("Mushroom paste"))
                .body("imageUrl", equalTo("https://img.example/old.png"))
                .body("commissionBasisPoints", equalTo(2000))
                .body("listPrice.amount", equalTo(2590));
        assertEquals("5/5/0", Shop.stock(product));
    }

    @Test
    void hidesOtherSellersProductsFromChanges() {
        String product = new Shop().product(0);

        new Shop()
                .asSeller()
                .body(productBody())
                .put("/products/" + product)
                .then()
                .statusCode(404);
    }

    @Test
    void refusesAChangeToAnUnknownCounty() {
        Shop shop = new Shop();

        shop.asSeller()
                .body(body(Map.of("county", "nowhere")))
                .put("/products/" + shop.product(0))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("county"));
    }

    @Test
    void givesASkuToOneProductOfASeller() {
        Shop shop = new Shop();
        String first = listed(shop, Map.of("sku", "A-1"));
        String second = listed(shop, Map.of("sku", "a-1"));
        listed(new Shop(), Map.of("sku", "A-1"));

        shop.asSeller()
                .body(body(Map.of("sku", "A-1")))
                .post("/products")
                .then()
                .statusCode(409)
                .body("code", equalTo("SKU_TAKEN"));
        shop.asSeller()
                .body(body(Map.of("sku", "A-1")))
                .put("/products/" + second)
                .then()
                .statusCode(409);
        shop.asSeller()
                .body(body(Map.of("sku", "A-1")))
                .put("/products/" + first)
                .then()
                .statusCode(200);
    }

    @Test
    void givesASkuOnceAmongManyAtOnce() throws Exception {
        Shop shop = new Shop();
        Callable<Integer> list = () -> shop.asSeller()
                .body(body(Map.of("sku", "A-1")))
                .post("/products")
                .statusCode();

        List<Integer> statuses = Race.run(Collections.nCopies(8, list));

        assertEquals(1, Collections.frequency(statuses, 201));
        assertEquals(7, Collections.frequency(statuses, 409));
    }

    private static String listed(Shop shop, Map<String, Object> fields) {
        return shop.asSeller()
                .body(body(fields))
                .post("/products")
                .then()
                .statusCode(201)
                .extract()
                .path("productId");
    }

    private static Map<String, Object> body(Map<String, Object> fields) {
        Map<String, Object> body = productBody();
        body.putAll(fields);
        return body;
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("county", "nowhere", "county"),
                Arguments.of("county", null, "county"),
                Arguments.of("title", " ", "title"),
                Arguments.of("title", "x".repeat(201), "title"),
                Arguments.of("title", "nul\u0000", "title"),
                Arguments.of("title", 5, "title"),
                Arguments.of("listPrice", Shop.money(0), "listPrice.amount"),
                Arguments.of("listPrice", Shop.money(1_000_000_000_001L), "listPrice.amount"),
                Arguments.of("listPrice", Map.of("amount", 1), "listPrice.currency"),
                Arguments.of("listPrice", Map.of("amount", 1, "currency", "YUAN"), "listPrice.currency"),
                Arguments.of("listPrice", Map.of("amount", 1.5, "currency", "CNY"), "listPrice.amount"),
                Arguments.of("commissionBasisPoints", -1, "commissionBasisPoints"),
                Arguments.of("commissionBasisPoints", 10_001, "commissionBasisPoints"),
                Arguments.of("commissionBasisPoints", null, "commissionBasisPoints"),
                Arguments.of("listPrice", Map.of("amount", 1, "currency", ""), "listPrice.currency"),
                Arguments.of("settlementProfile", "NEVER", "settlementProfile"),
                Arguments.of("settlementProfile", "", "settlementProfile"),
                Arguments.of("settlementProfile", 0, "settlementProfile"),
                Arguments.of("sku", "", "sku"),
                Arguments.of("sku", "with space", "sku"),
                Arguments.of("sku", "x".repeat(65), "sku"),
                Arguments.of("imageUrl", "javascript:alert(1)", "imageUrl"),
                Arguments.of("colour", "red", "colour"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAndNamesTheField(String field, Object value, String violation) {
        Map<String, Object> body = new HashMap<>(productBody());
        body.put(field, value);

        new Shop()
                .asSeller()
                .body(body)
                .post("/products")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_REQUEST"))
                .body("violations.field", hasItem(violation));
    }

    @Test
    void saysWhatAFieldMayBe() {
        Map<String, Object> body = new HashMap<>(productBody());
        body.put("settlementProfile", "standard");

        new Shop()
                .asSeller()
                .body(body)
                .post("/products")
                .then()
                .statusCode(400)
                .body("violations.message", contains("must be one of EXPRESS, STANDARD, EXTENDED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "description", "imageUrl"})
    void refusesHalfACharacter(String field) {
        Map<String, Object> body = new HashMap<>(productBody());
        body.put(field, "https://img.example/HALF");

        new Shop()
                .asSeller()
                .body(new JsonObject(body).encode().replace("HALF", "\\ud83d"))
                .post("/products")
                .then()
                .statusCode(400)
                .body("violations.field", contains(field));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("title", "x".repeat(200)),
                Arguments.of("listPrice", Shop.money(1)),
                Arguments.of("listPrice", Shop.money(1_000_000_000_000L)),
                Arguments.of("commissionBasisPoints", 0),
                Arguments.of("commissionBasisPoints", 10_000),
                Arguments.of("settlementProfile", "EXPRESS"),
                Arguments.of("description", ""),
                Arguments.of("sku", "!" + "~".repeat(63)),
                Arguments.of("imageUrl", "https://img.example/a.png"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsAtTheLimits(String field, Object value) {
        Map<String, Object> body = new HashMap<>(productBody());
        body.put(field, value);

        new Shop().asSeller().body(body).post("/products").then().statusCode(201);
    }

    @Test
    void refusesWhatIsNoJson() {
        new Shop().asSeller().body("{").post("/products").then().statusCode(400);
        new Shop().asSeller().post("/products").then().statusCode(400);
    }

    @Test
    void answers404ForAnUnknownProduct() {
        given().get("/products/0193ffff-0000-7000-8000-000000000000").then().statusCode(404);
        given().get("/products/x").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }
}
