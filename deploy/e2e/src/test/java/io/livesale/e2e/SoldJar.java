package io.livesale.e2e;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Jars of the co-operative's that a viewer of the demo's creator has paid for, and what becomes of their order. */
record SoldJar(String sessionId, Person seller, Person buyer, String orderId) {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Three at 19.90 yuan: of 59.70 the co-operative has 47.17 and the creator 11.94, at a fee of 1 %. */
    static SoldJar three(Stage stage, String title) {
        String origin = stage.system().origin();
        Person seller = Person.signIn(origin, "demo-cooperative", "seller");
        Person buyer = Person.signIn(origin, "jar-buyer", "buyer");
        LiveSession session = stage.session(title);
        String offer = session.sell(seller, title, 5, Map.of());
        String orderId = buyer.buy(offer, 3, UUID.randomUUID().toString()).path("orderId");
        buyer.pay(orderId);
        return new SoldJar(session.id(), seller, buyer, orderId).become("PAID").standing("PENDING");
    }

    SoldJar delivered() {
        seller.post(path("shipment"), Map.of("carrier", "SF", "trackingNumber", "SF-1"))
                .then()
                .statusCode(202);
        become("SHIPPED");
        seller.post(path("delivery")).then().statusCode(202);
        return become("DELIVERED");
    }

    /** The buyer says that all is well. */
    SoldJar completed() {
        buyer.post(path("receipt-confirmation")).then().statusCode(202);
        return become("COMPLETED");
    }

    /** Returns when the seller can be paid for it. */
    SoldJar released() {
        return standing("AVAILABLE");
    }

    private String path(String step) {
        return "/orders/" + orderId + "/" + step;
    }

    /** In the ledger. */
    private SoldJar standing(String state) {
        await().atMost(SOON)
                .untilAsserted(() -> seller.get("/earnings/me/entries")
                        .then()
                        .body("items.find { it.orderId == '" + orderId + "' }.state", equalTo(state)));
        return this;
    }

    private SoldJar become(String status) {
        await().atMost(SOON)
                .untilAsserted(() -> buyer.get("/orders/" + orderId).then().body("status", equalTo(status)));
        return this;
    }
}
