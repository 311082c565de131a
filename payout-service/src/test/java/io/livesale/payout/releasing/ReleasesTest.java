package io.livesale.payout.releasing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.payout.Money;
import io.livesale.payout.MovableClock;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Posting;
import io.livesale.payout.SettlementProfile;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class ReleasesTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-24T10:30:00Z");
    private static final Instant COMPLETED = DELIVERED.plus(Duration.ofDays(1));
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Releases releases;

    @Inject
    Ledger ledger;

    @Inject
    Pool pool;

    @Inject
    MovableClock clock;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.moveTo(DELIVERED);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    @ParameterizedTest
    @CsvSource({"EXPRESS, 3", "STANDARD, 7", "EXTENDED, 15"})
    void releasesBothPartiesWhenThePeriodSinceDeliveryIsOver(SettlementProfile profile, int days) throws SQLException {
        PaidOrders order = order().profile(profile);
        tell(order, order.event(), order.delivered(DELIVERED), order.completed(COMPLETED));
        Instant due = DELIVERED.plus(Duration.ofDays(days));

        lookAt(due.minus(MOMENT));
        assertEquals(4478, balance(seller, Stage.PENDING));
        assertEquals(0, balance(seller, Stage.AVAILABLE));

        clock.moveTo(due);
        await().untilAsserted(() -> assertEquals(4478, balance(seller, Stage.AVAILABLE)));
        assertEquals(0, balance(seller, Stage.PENDING));
        assertEquals(1194, balance(creator, Stage.AVAILABLE));
        assertEquals(0, balance(creator, Stage.PENDING));
    }

    @Test
    void releasesNothingBeforeTheOrderIsCompleted() throws SQLException {
        PaidOrders order = order();
        Instant completed = DELIVERED.plus(DAY.multipliedBy(20));
        OrderTopic.send(List.of(order.event(), order.delivered(DELIVERED)));
        await().untilAsserted(() -> assertEquals(1, standing(order, "delivered_at IS NOT NULL")));
        lookAt(completed.minus(MOMENT));
        assertEquals(4478, balance(seller, Stage.PENDING));

        tell(order, order.completed(completed));
        clock.moveTo(completed);

        await().untilAsserted(() -> assertEquals(4478, balance(seller, Stage.AVAILABLE)));
    }

    @Test
    void takesTheEventsInAnyOrder() throws SQLException {
        PaidOrders order = order();
        tell(order, order.completed(COMPLETED), order.delivered(DELIVERED), order.event());

        lookAt(DELIVERED.plus(DAY.multipliedBy(7)).minus(MOMENT));
        assertEquals(4478, balance(seller, Stage.PENDING));

        clock.moveTo(DELIVERED.plus(DAY.multipliedBy(7)));
        await().untilAsserted(() -> assertEquals(4478, balance(seller, Stage.AVAILABLE)));
    }

    /** It is not delivered. */
    @Test
    void releasesAGiftAfterTheStandardPeriodSinceItsCompletion() throws SQLException {
        PaidOrders gift = PaidOrders.gift().creator(creator).total(999, "CNY");
        tell(gift, gift.event(), gift.completed(COMPLETED));

        lookAt(COMPLETED.plus(DAY.multipliedBy(7)).minus(MOMENT));
        assertEquals(499, balance(creator, Stage.PENDING));

        clock.moveTo(COMPLETED.plus(DAY.multipliedBy(7)));
        await().untilAsserted(() -> assertEquals(499, balance(creator, Stage.AVAILABLE)));
    }

    @Test
    void releasesWhatRefundsLeft() throws SQLException {
        PaidOrders order = order();
        PaidOrders refunded = order();
        tell(order, order.event(), order.refunded("r1", 1990, DELIVERED), order.delivered(DELIVERED), completed(order));
        tell(
                refunded,
                refunded.event(),
                refunded.delivered(DELIVERED),
                completed(refunded),
                refunded.refunded("r1", 5970, DELIVERED));

        clock.moveTo(DELIVERED.plus(DAY.multipliedBy(7)));

        await().untilAsserted(() -> assertEquals(2985, balance(seller, Stage.AVAILABLE)));
        await().untilAsserted(() -> assertEquals(1, standing(refunded, "released_at IS NOT NULL")));
        assertEquals(0, balance(seller, Stage.PENDING));
        assertEquals(796, balance(creator, Stage.AVAILABLE));
    }

    /** Whatever is wrong with it: it is for a person to find out, while everybody else gets what is theirs. */
    @Test
    void passesOverAnOrderThatTheLedgerRefuses() throws SQLException {
        PaidOrders refused = PaidOrders.sale().creator(creator);
        PaidOrders order = order();
        tell(refused, refused.event(), refused.delivered(DELIVERED), completed(refused));
        tell(order, order.event(), order.delivered(DELIVERED.plus(DAY)), completed(order));
        String cause = refused.orderId() + ".release";
        asOwner("INSERT INTO ledger_transaction (cause, kind, occurred_at) VALUES ('" + cause + "', 'RELEASE', now())");
        try {
            clock.moveTo(DELIVERED.plus(DAY.multipliedBy(8)));

            await().untilAsserted(() -> assertEquals(4478, balance(seller, Stage.AVAILABLE)));
            assertEquals(1, standing(refused, "released_at IS NULL"));
        } finally {
            asOwner("DELETE FROM ledger_transaction WHERE cause = '" + cause + "'");
        }

        await().untilAsserted(() -> assertEquals(1, standing(refused, "released_at IS NOT NULL")));
    }

    @Test
    void takesALateRefundFromWhatIsAvailableEvenBelowZero() throws SQLException {
        PaidOrders order = order();
        tell(order, order.event(), order.delivered(DELIVERED), completed(order));
        clock.moveTo(DELIVERED.plus(DAY.multipliedBy(7)));
        await().untilAsserted(() -> assertEquals(4478, balance(seller, Stage.AVAILABLE)));
        payOut(4000);

        OrderTopic.send(List.of(order.refunded("r1", 5970, DELIVERED.plus(DAY.multipliedBy(8)))));

        await().untilAsserted(() -> assertEquals(-4000, balance(seller, Stage.AVAILABLE)));
        assertEquals(0, balance(seller, Stage.PENDING));
        assertEquals(0, balance(creator, Stage.AVAILABLE));
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller).creator(creator);
    }

    private static ConsumerRecord<byte[], byte[]> completed(PaidOrders order) {
        return order.completed(COMPLETED);
    }

    /** Returns when it is known when the order is due. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    private static void tell(PaidOrders order, ConsumerRecord<byte[], byte[]>... events) {
        OrderTopic.send(List.of(events));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(1, standing(order, "release_at IS NOT NULL")));
    }

    /** As the timer does. */
    private void lookAt(Instant time) {
        clock.moveTo(time);
        releases.release().await().atMost(Duration.ofSeconds(10));
    }

    private void payOut(long amount) {
        Money money = new Money(amount, Currency.getInstance("CNY"));
        UUID payoutId = UUID.randomUUID();
        LedgerTransaction made = LedgerTransaction.ofPayout(
                payoutId + ".made",
                Kind.PAYOUT,
                payoutId,
                clock.instant(),
                List.of(
                        new Posting(new Party(seller, Stage.AVAILABLE), money.negated()),
                        new Posting(new Party(seller, Stage.IN_TRANSIT), money)));
        pool.withTransaction(connection -> ledger.postAll(connection, List.of(made)))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long standing(PaidOrders order, String condition) throws SQLException {
        return Database.number(
                "SELECT count(*) FROM order_standing WHERE order_id = '" + order.orderId() + "' AND " + condition);
    }

    private static long balance(String userId, Stage stage) throws SQLException {
        return Database.balance(new Party(userId, stage).accountName(), "CNY");
    }
}
