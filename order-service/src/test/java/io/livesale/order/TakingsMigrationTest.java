package io.livesale.order;

import static io.livesale.order.Market.as;
import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.capture;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.paid;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderCommand.RefundOrder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Offers from before their takings were kept: the migration counts from the orders what the log would have counted. */
@OrderServiceTest
class TakingsMigrationTest {
    private static final Path MIGRATION = Path.of("src/main/resources/db/migration/V2__offer_takings.sql");

    @Inject
    Market market;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @Test
    void countsStoredOrdersAsTheLogDid() throws SQLException, IOException {
        OfferTerms jars = Terms.of(10, 4);
        reject("too early", jars, 1);
        market.open(jars);
        String partly = paid("lin", jars, 3);
        refund(partly, jars, "discount", 33);
        refund(partly, jars, "too much", 5938);
        String wholly = paid("wang", jars, 1);
        refund(wholly, jars, "broken", 1990);
        awaitStatus(wholly, Status.REFUNDED);
        cancel("lin", paid("lin", jars, 1));
        String unpaid = reserve("zhao", jars, 2);
        cancel("zhao", unpaid);
        capture(unpaid, jars.price().times(2)).then().statusCode(202);
        await().untilAsserted(() -> order(unpaid).then().body("timeline.type", hasItem("order.payment-returned")));
        reserve("zhao", jars, 1);
        reject("qian", jars, 5);
        assertEquals("6 5937 1187", takings(jars));

        assertEquals("6 5937 1187", takingsAfterMigrating(jars));
    }

    private String takings(OfferTerms offer) {
        return market.query(takingsOf(offer)).get(0);
    }

    /** As if the takings had not been kept until now; nobody else sees it. */
    private String takingsAfterMigrating(OfferTerms offer) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(database, owner, owner);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE offer DROP COLUMN orders, DROP COLUMN gross, DROP COLUMN commission");
            statement.execute(Files.readString(MIGRATION));
            try (ResultSet found = statement.executeQuery(takingsOf(offer))) {
                found.next();
                return found.getString(1);
            } finally {
                connection.rollback();
            }
        }
    }

    private static String takingsOf(OfferTerms offer) {
        return "SELECT concat_ws(' ', orders, gross, commission) FROM offer WHERE offer_id = '%s'"
                .formatted(offer.offerId());
    }

    private static String reserve(String buyer, OfferTerms offer, int quantity) {
        return buy(buyer, UUID.randomUUID().toString(), offer, quantity).path("orderId");
    }

    /** Past the door, which would turn it away. */
    private void reject(String buyer, OfferTerms offer, int quantity) {
        UUID orderId = UUID.randomUUID();
        market.append(new PlaceOrder(orderId, offer.offerId(), buyer, quantity, null, null, Instant.now()));
        awaitStatus(orderId.toString(), Status.REJECTED);
    }

    private static void cancel(String buyer, String orderId) {
        as(buyer, "buyer").post("/orders/" + orderId + "/cancellation").then().statusCode(202);
        awaitStatus(orderId, Status.CANCELLED);
    }

    private void refund(String orderId, OfferTerms offer, String refundId, long fen) {
        Money amount = new Money(fen, Terms.CNY);
        market.append(new RefundOrder(
                UUID.fromString(orderId), offer.offerId(), refundId, amount, "sorry", false, "staff", Instant.now()));
    }
}
