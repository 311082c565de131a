package io.livesale.payout.posting;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.livesale.payout.Database;
import io.livesale.payout.Events;
import io.livesale.payout.FeeProgramme;
import io.livesale.payout.FeeProgrammes;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Rate;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Batches handed to the consumer by hand, so that what is in one batch is certain; the topic has its own test. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class OrderEventsTest {
    private static final Instant PAID = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    OrderEvents orderEvents;

    @Inject
    FeeProgrammes programmes;

    @Inject
    Pool pool;

    private final String seller = "seller-" + UUID.randomUUID();
    private final String creator = "creator-" + UUID.randomUUID();
    private final String county = "county-" + UUID.randomUUID();

    @Test
    void postsTheWorkedExample() throws SQLException {
        programme("example", 100, PAID.minusSeconds(1), null);
        long fees = Database.balance("platform:fees", "CNY");
        long clearing = Database.balance("psp-clearing", "CNY");

        consume(order().county(county).event());

        assertEquals(4717, pending(seller));
        assertEquals(1194, pending(creator));
        assertEquals(59, Database.balance("platform:fees", "CNY") - fees);
        assertEquals(-5970, Database.balance("psp-clearing", "CNY") - clearing);
    }

    /** Another price for what is posted late would make a rebuilt ledger another one. */
    @Test
    void chargesTheFeeThatStoodAtThePayment() throws SQLException {
        programme("changed", 100, PAID, null);
        Instant before = Instant.now();
        programme("changed", 300, PAID, null);
        Instant between = Instant.now();
        programme("changed", 400, PAID, between.plusSeconds(60));
        long fees = Database.balance("platform:fees", "CNY");

        consume(order().county(county).at(before).event());
        assertEquals(59, Database.balance("platform:fees", "CNY") - fees);

        consume(order().county(county).at(between).event());
        assertEquals(59 + 179, Database.balance("platform:fees", "CNY") - fees);

        consume(order().county(county).at(Instant.now()).event());
        assertEquals(59 + 179 + 238, Database.balance("platform:fees", "CNY") - fees);
    }

    @Test
    void postsARepeatedEventOnce() throws SQLException {
        ConsumerRecord<byte[], byte[]> event = order().event();

        consume(event, event);
        consume(event);

        assertEquals(4478, pending(seller));
    }

    @Test
    void postsARepeatedBatchOnce() throws SQLException {
        List<ConsumerRecord<byte[], byte[]>> events = List.of(order().event(), order().event(), order().event());

        consume(events);
        consume(events);

        assertEquals(3 * 4478, pending(seller));
        assertEquals(3 * 1194, pending(creator));
    }

    @Test
    void postsWhatIsNewInAHalfRepeatedBatch() throws SQLException {
        ConsumerRecord<byte[], byte[]> known = order().event();
        consume(known);

        consume(order().event(), known, order().event());

        assertEquals(3 * 4478, pending(seller));
    }

    @Test
    void postsOneSaleForAnOrderWhateverEventsTellOfIt() throws SQLException {
        PaidOrders order = order();

        consume(order.event(), order.eventId(order.orderId() + ".4").event());
        consume(order.eventId(order.orderId() + ".5").event());

        assertEquals(4478, pending(seller));
    }

    @Test
    void addsUpWhatOnePersonEarnsInBothRoles() throws SQLException {
        consume(order().creator(seller).event());

        assertEquals(4478 + 1194, pending(seller));
    }

    @Test
    void keepsCurrenciesApart() throws SQLException {
        consume(order().event(), order().total(1000, "JPY").event());

        assertEquals(4478, pending(seller));
        assertEquals(750, Database.balance("party:" + seller + ":pending", "JPY"));
    }

    @Test
    void sharesAGiftBetweenCreatorAndPlatform() throws SQLException {
        long fees = Database.balance("platform:fees", "EUR");

        consume(PaidOrders.gift().creator(creator).total(999, "EUR").event());

        assertEquals(499, Database.balance("party:" + creator + ":pending", "EUR"));
        assertEquals(500, Database.balance("platform:fees", "EUR") - fees);
    }

    @Test
    void recordsASaleOfNothing() throws SQLException {
        PaidOrders free = order().total(0, "CNY");

        consume(free.event());

        assertEquals(0, pending(seller));
        assertEquals(1, Database.number("SELECT count(*) FROM sale WHERE order_id = '" + free.orderId() + "'"));
    }

    @Test
    void chargesTheLowestProgrammeThatCoversThePayment() throws SQLException {
        programme("dear", 300, PAID, PAID.plusSeconds(60));
        programme("cheap", 100, PAID, PAID.plusSeconds(60));
        programme("over", 0, PAID.minusSeconds(60), PAID);

        PaidOrders before = order().county(county).at(PAID.minusSeconds(60).minusMillis(1));
        PaidOrders first = order().county(county).at(PAID);
        PaidOrders last = order().county(county).at(PAID.plusSeconds(60).minusMillis(1));
        PaidOrders after = order().county(county).at(PAID.plusSeconds(60));
        consume(before.event(), first.event(), last.event(), after.event());

        assertEquals(500, feeOf(before));
        assertEquals(100, feeOf(first));
        assertEquals(100, feeOf(last));
        assertEquals(500, feeOf(after));
    }

    @Test
    void keepsTheFeeOfASaleWhenItsProgrammeChanges() throws SQLException {
        programme("change", 100, PAID, null);
        PaidOrders order = order().county(county).at(PAID);
        consume(order.event());

        programme("change", 0, PAID, null);
        consume(order.event());

        assertEquals(100, feeOf(order));
        assertEquals(4717, pending(seller));
    }

    @Test
    void postsTheNeighboursOfWhatTheDatabaseRefuses() throws SQLException {
        ConsumerRecord<byte[], byte[]> refused = order().creator("a\\u0000b").event();

        consume(order().event(), refused, order().event(), order().event());

        assertEquals(3 * 4478, pending(seller));
    }

    @Test
    void setsAsideWhatWouldOverflowABalance() throws SQLException {
        PaidOrders most = order().total(Long.MAX_VALUE, "KRW").commission(0);
        PaidOrders oneMore = order().total(Long.MAX_VALUE, "KRW").commission(0);

        consume(most.event(), order().event(), oneMore.event());

        assertEquals(4478, pending(seller));
        assertEquals(1, Database.number("SELECT count(*) FROM sale WHERE currency = 'KRW'"));
    }

    @Test
    void waitsOutAFaultOfTheDatabase() throws SQLException {
        runAsOwner("REVOKE INSERT ON sale FROM payouts");
        CompletableFuture<Void> consumed;
        try {
            consumed =
                    orderEvents.consume(Events.batch(List.of(order().event()))).subscribeAsCompletionStage();
            await().during(Duration.ofMillis(500)).untilAsserted(() -> assertFalse(consumed.isDone()));
            assertEquals(0, pending(seller));
        } finally {
            runAsOwner("GRANT INSERT ON sale TO payouts");
        }

        await().untilAsserted(() -> assertEquals(4478, pending(seller)));
        consumed.join();
    }

    @Test
    void boundsWaitsForLocksInsideTheDatabase() {
        assertEquals("3s", setting("lock_timeout"));
        assertEquals("10s", setting("idle_in_transaction_session_timeout"));
    }

    @Test
    void waitsOutALockThatOutlivesItsTimeout() throws SQLException {
        CompletableFuture<Void> consumed;
        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE sale IN ACCESS EXCLUSIVE MODE");
            consumed =
                    orderEvents.consume(Events.batch(List.of(order().event()))).subscribeAsCompletionStage();
            await().during(Duration.ofSeconds(4)).untilAsserted(() -> assertFalse(consumed.isDone()));
            owner.rollback();
        }

        await().untilAsserted(() -> assertEquals(4478, pending(seller)));
        consumed.join();
    }

    private PaidOrders order() {
        return PaidOrders.sale().seller(seller).creator(creator);
    }

    private void programme(String id, int basisPoints, Instant from, Instant to) {
        programmes
                .put(new FeeProgramme(id + county, "help", Set.of(county), new Rate(basisPoints), from, to), "ops")
                .await()
                .indefinitely();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private void consume(ConsumerRecord<byte[], byte[]>... events) {
        consume(List.of(events));
    }

    private void consume(List<ConsumerRecord<byte[], byte[]>> events) {
        orderEvents.consume(Events.batch(events)).await().atMost(Duration.ofSeconds(30));
    }

    private String setting(String name) {
        return pool.query("SHOW " + name)
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .await()
                .indefinitely();
    }

    private static long pending(String userId) throws SQLException {
        return Database.balance("party:" + userId + ":pending", "CNY");
    }

    private static long feeOf(PaidOrders order) throws SQLException {
        return Database.number("SELECT fee_basis_points FROM sale WHERE order_id = '" + order.orderId() + "'");
    }

    private static void runAsOwner(String sql) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
