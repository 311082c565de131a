package io.livesale.catalog.sales;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FiguresTest {
    @Inject
    SalesBook book;

    private Shop shop;
    private String session;

    @BeforeEach
    void goLive() {
        shop = Shop.verified();
        session = shop.liveSession();
    }

    @Test
    void tellsTheCreatorHowEachOfferSells() {
        String jars = shop.offer(session, shop.product(100), 40);
        String rose = gift();
        shop.open(jars).then().statusCode(200);
        shop.open(rose).then().statusCode(200);

        tell(new SalesReport(UUID.fromString(jars), 5L, 30, 5, null, 50, 38L, 9950L, 1990L));
        tell(new SalesReport(UUID.fromString(rose), null, 0, 7, null, 15, 7L, 700L, 350L));

        figures()
                .statusCode(200)
                .body("sessionId", equalTo(session))
                .body("offers.offerId", contains(jars, rose))
                .body("offers.orders", contains(38, 7))
                .body("offers.reserved", contains(30, 0))
                .body("offers.sold", contains(5, 7))
                .body("offers[0].allotment", equalTo(40))
                .body("offers[0].remaining", equalTo(5))
                .body("offers[0].gross", equalTo(Map.of("amount", 9950, "currency", "CNY")))
                .body("offers[0].commission", equalTo(Map.of("amount", 1990, "currency", "CNY")))
                .body("offers[1].gross.amount", equalTo(700))
                .body("offers[1].commission.amount", equalTo(350))
                .body("offers[1].allotment", nullValue())
                .body("offers[1].remaining", nullValue());
    }

    @Test
    void beginsAtNothingAndKnowsNoOrdersAndMoneyOnceAReportTellsNone() {
        String jars = shop.offer(session, shop.product(40), 40);
        shop.open(jars).then().statusCode(200);
        figures().body("offers[0].orders", equalTo(0)).body("offers[0].gross.amount", equalTo(0));

        tell(new SalesReport(UUID.fromString(jars), 38L, 0, 2, null, 5, null, null, null));

        figures()
                .body("offers[0].sold", equalTo(2))
                .body("offers[0].orders", nullValue())
                .body("offers[0].gross", nullValue())
                .body("offers[0].commission", nullValue());
    }

    @Test
    void isForItsCreatorOnly() {
        shop.asCreator().get("/sessions/" + session + "/figures").then().body("offers", hasSize(0));

        new Shop()
                .asCreator()
                .get("/sessions/" + session + "/figures")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        shop.asCreator()
                .get("/sessions/" + UUID.randomUUID() + "/figures")
                .then()
                .statusCode(404);
    }

    private ValidatableResponse figures() {
        return shop.asCreator().get("/sessions/" + session + "/figures").then();
    }

    private String gift() {
        return shop.asCreator()
                .body(Map.of("kind", "GIFT", "title", "Rose", "price", Shop.money(100)))
                .post("/sessions/" + session + "/offers")
                .then()
                .statusCode(201)
                .extract()
                .path("offerId");
    }

    private void tell(SalesReport report) {
        book.apply(List.of(report)).await().atMost(Duration.ofSeconds(10));
    }
}
