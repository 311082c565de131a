package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A live session, of the demo's verified creator unless told otherwise, with offers of its own, so that tests do not see each other. */
record LiveSession(Person creator, String id) {
    private static final Duration SOON = Duration.ofSeconds(20);

    static LiveSession start(String origin, String title) {
        return start(Person.signIn(origin, "demo-creator", "creator"), title);
    }

    static LiveSession start(Person creator, String title) {
        String id = made(creator, "/sessions", Map.of("title", title), "sessionId");
        done(creator, "/sessions/" + id + "/start");
        return new LiveSession(creator, id);
    }

    String path() {
        return "/live/" + id;
    }

    /** Opens an offer of a new product for 19.90 yuan. */
    String sell(String title, int units) {
        return sell(title, units, Map.of());
    }

    /** @param terms beyond the price: {@code perBuyerLimit} or {@code closesAt} */
    String sell(String title, int units, Map<String, ?> terms) {
        return open(schedule(seller(creator.origin()), title, units, terms));
    }

    /** @param seller whose product it is */
    String sell(Person seller, String title, int units, Map<String, ?> terms) {
        return open(schedule(seller, title, units, terms));
    }

    /** Makes an offer of a new product, which is not opened. */
    String schedule(String title, int units, Map<String, ?> terms) {
        return schedule(seller(creator.origin()), title, units, terms);
    }

    private String schedule(Person seller, String title, int units, Map<String, ?> terms) {
        String product = stock(seller, title, units);
        Map<String, Object> offer = new HashMap<>(terms);
        offer.putAll(Map.of("productId", product, "price", yuan(1990), "allotment", units));
        return made(creator, "/sessions/" + id + "/offers", offer, "offerId");
    }

    /** @return the id of a product of 25.90 yuan with so many units */
    static String stock(String origin, String title, int units) {
        return stock(seller(origin), title, units);
    }

    private static String stock(Person seller, String title, int units) {
        String product = made(
                seller,
                "/products",
                Map.of("title", title, "county", "611026", "listPrice", yuan(2590), "commissionBasisPoints", 2000),
                "productId");
        seller.post("/products/" + product + "/stock-adjustments", Map.of("adjustmentId", "first", "delta", units))
                .then()
                .statusCode(200);
        return product;
    }

    /** Whose products they all are. */
    static Person seller(String origin) {
        return Person.signIn(origin, "some-seller", "seller");
    }

    String sellGift(String title) {
        return sellGift(title, yuan(520));
    }

    String sellGift(String title, Map<String, Object> price) {
        Map<String, Object> gift = Map.of("kind", "GIFT", "title", title, "price", price);
        return open(made(creator, "/sessions/" + id + "/offers", gift, "offerId"));
    }

    String open(String offer) {
        done(creator, "/offers/" + offer + "/open");
        awaitOnSale(creator.origin(), offer);
        return offer;
    }

    /** An opened offer is on sale once order-service has heard of it. */
    static void awaitOnSale(String origin, String offer) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        given().get(origin + "/availability/" + offer).then().statusCode(200));
    }

    void pin(String offer) {
        creator.put("/sessions/" + id + "/pin", Map.of("offerId", offer)).then().statusCode(200);
    }

    void close(String offer) {
        done(creator, "/offers/" + offer + "/close");
    }

    void end() {
        done(creator, "/sessions/" + id + "/end");
    }

    private static String made(Person person, String path, Map<String, ?> body, String field) {
        return person.post(path, body).then().statusCode(201).extract().path(field);
    }

    private static void done(Person person, String path) {
        person.post(path).then().statusCode(200);
    }

    static Map<String, Object> yuan(int fen) {
        return Map.of("amount", fen, "currency", "CNY");
    }
}
