package io.livesale.catalog.reconciliation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Differences are planted as the database's owner: the service's own role, doing its work, makes none. */
@QuarkusTest
class ReconciliationTest {
    private static final String GAUGE = "catalog_stock_adrift_products ";

    private Shop shop;
    private String product;

    @BeforeEach
    void listAProductOf100Units() {
        shop = Shop.verified();
        product = shop.product(100);
    }

    @Test
    void findsNothingWhereEverythingAddsUp() {
        String session = shop.liveSession();
        shop.offer(session, product, 30);
        shop.close(shop.offer(session, product, 20)).then().statusCode(200);
        shop.product(0);

        check().statusCode(200)
                .body("checkedAt", notNullValue())
                .body("products", greaterThanOrEqualTo(2))
                .body("adrift", equalTo(0))
                .body("differences", hasSize(0));
    }

    @Test
    void tellsUnitsThatNobodyPutInAndCountsThemByItself() throws SQLException {
        change("UPDATE product SET available = available + 1");
        try {
            check().body("adrift", equalTo(1))
                    .body("differences[0].productId", equalTo(product))
                    .body("differences[0].title", equalTo("Mushroom paste"))
                    .body("differences[0].sellerId", equalTo(shop.seller))
                    .body("differences[0].stock", equalTo(Map.of("available", 101, "allotted", 0, "sold", 0)))
                    .body("differences[0].adjusted", equalTo(100));
        } finally {
            change("UPDATE product SET available = available - 1");
        }

        awaitGauge(0);
        check().body("adrift", equalTo(0));
    }

    @Test
    void tellsUnitsThatNoOfferHolds() throws SQLException {
        shop.offer(shop.session(), product, 30);
        change("UPDATE product SET available = available - 5, allotted = allotted + 5");
        try {
            awaitGauge(1);
            check().body("adrift", equalTo(1))
                    .body("differences[0].stock.allotted", equalTo(35))
                    .body("differences[0].allottedByOffers", equalTo(30));
        } finally {
            change("UPDATE product SET available = available + 5, allotted = allotted - 5");
        }
    }

    @Test
    void tellsASaleThatOrderServiceDoesNotKnowOf() throws SQLException {
        shop.offer(shop.session(), product, 30);
        change("UPDATE product SET allotted = allotted - 2, sold = sold + 2");
        try {
            check().body("adrift", equalTo(1))
                    .body("differences[0].stock.sold", equalTo(2))
                    .body("differences[0].soldByOffers", equalTo(0));
        } finally {
            change("UPDATE product SET allotted = allotted + 2, sold = sold - 2");
        }
    }

    @Test
    void tellsTheFirstHundredAndCountsTheRest() throws SQLException {
        Database.asOwner("""
                INSERT INTO product (id, seller_id, title, county, list_price, currency, commission_basis_points,
                                     settlement_profile, available, allotted, sold, created_at)
                SELECT gen_random_uuid(), 'adrift', 'Lost', '%s', 1, 'CNY', 0, 'STANDARD', 1, 0, 0, now()
                FROM generate_series(1, 101)
                """.formatted(Shop.COUNTY));
        try {
            check().body("adrift", equalTo(101)).body("differences", hasSize(100));
        } finally {
            Database.asOwner("DELETE FROM product WHERE seller_id = 'adrift'");
        }
    }

    private static ValidatableResponse check() {
        return Shop.as("staff", "operator").get("/stock/reconciliation").then();
    }

    private static void awaitGauge(int products) {
        await().until(() -> given().get("/q/metrics").asString(), containsString("\n" + GAUGE + products + ".0"));
    }

    private void change(String update) throws SQLException {
        Database.asOwner(update + " WHERE id = '" + product + "'");
    }
}
