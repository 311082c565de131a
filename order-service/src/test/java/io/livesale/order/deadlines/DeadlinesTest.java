package io.livesale.order.deadlines;

import static io.livesale.order.Market.awaitStatus;
import static io.livesale.order.Market.buy;
import static io.livesale.order.Market.order;
import static io.livesale.order.Market.paid;
import static io.livesale.order.Market.press;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.Market;
import io.livesale.order.OfferTerms;
import io.livesale.order.Order.Shipment;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderCommand.DeliverOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import io.livesale.order.OrderServiceTest;
import io.livesale.order.OrderSettings;
import io.livesale.order.Terms;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrderServiceTest
class DeadlinesTest {
    @Inject
    Market market;

    @Inject
    OverdueOrders overdue;

    @Inject
    OrderSettings settings;

    @Inject
    DataSource database;

    @Test
    void whatIsNotPaidInTimeIsOnSaleAgain() {
        OfferTerms offer = market.open(Terms.of(1, null));
        String orderId = place(offer, paymentDueIn(Duration.ofSeconds(2)));
        await().untilAsserted(() -> assertEquals(
                409, press("wang", UUID.randomUUID().toString(), offer, 1).statusCode()));

        awaitStatus(orderId, Status.EXPIRED);

        await().untilAsserted(() ->
                buy("wang", UUID.randomUUID().toString(), offer, 1).then().body("status", equalTo("RESERVED")));
        order(orderId).then().body("timeline[-1].type", equalTo("order.expired"));
    }

    /** The quickest of three, for a busy machine is late by itself. */
    @Test
    void unitsAreOnSaleAgainWithinASecond() {
        List<OfferTerms> offers =
                Stream.generate(() -> market.open(Terms.of(1, null))).limit(3).toList();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<OfferTerms, Instant> dueAt = new HashMap<>();
        for (OfferTerms offer : offers) {
            Instant due = now.plusMillis(2000 + 700L * dueAt.size());
            place(offer, due.minus(settings.payment().window()));
            dueAt.put(offer, due);
        }

        List<Duration> waits = new ArrayList<>();
        Set<OfferTerms> soldOut = new HashSet<>(dueAt.keySet());
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            soldOut.removeIf(offer -> {
                Instant asked = Instant.now();
                boolean onSale = asked.isAfter(dueAt.get(offer)) && remaining(offer) == 1;
                if (onSale) {
                    waits.add(Duration.between(dueAt.get(offer), asked));
                }
                return onSale;
            });
            return soldOut.isEmpty();
        });

        assertThat(Collections.min(waits), lessThan(Duration.ofSeconds(1)));
        assertThat(settings.deadlines().check(), lessThanOrEqualTo(Duration.ofMillis(500)));
    }

    @Test
    void leavesWhatIsPaidOrNotDueYet() {
        OfferTerms offer = market.open(Terms.of(10, null));
        String waiting = place(offer, paymentDueIn(Duration.ofMinutes(5)));
        String bought = paid("lin", offer, 1);
        String late = place(offer, paymentDueIn(Duration.ofMinutes(-5)));

        awaitStatus(late, Status.EXPIRED);

        order(waiting).then().body("status", equalTo("RESERVED"));
        order(bought).then().body("status", equalTo("PAID"));
        assertEquals(0, market.commands("expire-order", waiting, offer));
    }

    @Test
    void passesMoreThanAPageAndThoseDueAtTheSameTime() {
        OfferTerms offer = market.open(Terms.of(100, null));
        Instant sameTime = paymentDueIn(Duration.ofMinutes(-5));
        int orders = 3 * settings.deadlines().page() + 1;

        List<String> placed =
                IntStream.range(0, orders).mapToObj(i -> place(offer, sameTime)).toList();

        placed.forEach(orderId -> awaitStatus(orderId, Status.EXPIRED));
    }

    @Test
    void completesWhatIsDeliveredOnceTheAfterSalesWindowIsOver() {
        OfferTerms offer = market.open(Terms.of(2, null));
        String old = paid("lin", offer, 1);
        String recent = paid("lin", offer, 1);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        deliver(old, offer, now.minus(settings.afterSales().window()));
        deliver(recent, offer, now);

        awaitStatus(old, Status.COMPLETED);
        order(recent).then().body("status", equalTo("DELIVERED"));
        order(old).then().body("timeline[-1].type", equalTo("order.completed"));
    }

    @Test
    void doesNotAppendAgainWhatIsWaitingToBeDecided() {
        OfferTerms offer = market.open(Terms.of(10, null));
        List<String> orders = Stream.generate(() -> place(offer, paymentDueIn(Duration.ofSeconds(3))))
                .limit(5)
                .toList();
        orders.forEach(orderId -> awaitStatus(orderId, Status.RESERVED));

        market.whileDecidingIsHeldUp(() -> {
            orders.forEach(orderId -> await().until(() -> market.commands("expire-order", orderId, offer) > 0));
            passAll();
            passAll();
        });

        orders.forEach(orderId -> awaitStatus(orderId, Status.EXPIRED));
        orders.forEach(orderId -> assertEquals(1, market.commands("expire-order", orderId, offer)));
    }

    @Test
    void leavesTheLookingToTheReplicaThatIsAtIt() throws SQLException {
        OfferTerms offer = market.open(Terms.of(1, null));
        String orderId;

        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "SELECT pg_advisory_xact_lock(%d, %d)".formatted(OverdueOrders.LOCKS, Deadline.PAYMENT.ordinal()));
            orderId = place(offer, paymentDueIn(Duration.ofMinutes(-5)));
            awaitStatus(orderId, Status.RESERVED);
            passAll();
            assertEquals(0, market.commands("expire-order", orderId, offer));
        }

        awaitStatus(orderId, Status.EXPIRED);
    }

    @Test
    void goesOnAfterItsConnectionsWereCut() {
        OfferTerms offer = market.open(Terms.of(1, null));

        market.cutConnections();
        String orderId = place(offer, paymentDueIn(Duration.ofMinutes(-5)));

        awaitStatus(orderId, Status.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({"PAYMENT, orders_to_expire", "AFTER_SALES, orders_to_complete"})
    void looksThroughItsOwnIndex(Deadline deadline, String index) {
        String query = deadline.overdue()
                .replace("$1", "now()")
                .replace("$2", "timestamptz '2000-01-01'")
                .replace("$3", "uuid '00000000-0000-0000-0000-000000000000'")
                .replace("$4", "500");

        String plan = market.plan(query);

        assertThat(plan, containsString("Index Scan using " + index));
    }

    /** When an order was accepted whose payment window ends then. */
    private Instant paymentDueIn(Duration time) {
        return Instant.now()
                .truncatedTo(ChronoUnit.MILLIS)
                .plus(time)
                .minus(settings.payment().window());
    }

    private String place(OfferTerms offer, Instant acceptedAt) {
        UUID orderId = UUID.randomUUID();
        market.append(new PlaceOrder(orderId, offer.offerId(), "lin", 1, null, null, acceptedAt));
        return orderId.toString();
    }

    private static int remaining(OfferTerms offer) {
        return given().get("/availability/" + offer.offerId()).path("remaining");
    }

    private void deliver(String orderId, OfferTerms offer, Instant at) {
        UUID id = UUID.fromString(orderId);
        market.append(new ShipOrder(id, offer.offerId(), new Shipment("SF Express", "SF1"), at));
        market.append(new DeliverOrder(id, offer.offerId(), at));
    }

    private void passAll() {
        overdue.passAll(Deadline.PAYMENT).await().atMost(Duration.ofSeconds(10));
    }
}
