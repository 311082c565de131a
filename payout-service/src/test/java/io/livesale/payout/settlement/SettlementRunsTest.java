package io.livesale.payout.settlement;

import static io.livesale.payout.Till.operator;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.Ledger;
import io.livesale.payout.Outbox;
import io.livesale.payout.PayoutSettings;
import io.livesale.payout.Payouts;
import io.livesale.payout.Till;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run goes on whatever stops it, on whichever replica, and pays each payee once. Pages are of ten payees here. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class SettlementRunsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PAYEES = 25;

    @Inject
    Till till;

    @Inject
    Pool pool;

    @Inject
    Ledger ledger;

    @Inject
    Payouts payouts;

    @Inject
    Outbox outbox;

    @Inject
    Clock clock;

    @Inject
    SettlementSettings settings;

    @Inject
    PayoutSettings payoutSettings;

    private final String settlementId = "run-" + UUID.randomUUID();

    @Test
    void manyReplicasAtOnceMakeOnePayoutOfEachPayee() {
        List<String> payees = payees();
        Till.begin(settlementId).statusCode(202);

        List<Uni<Void>> replicas = Stream.generate(this::replica)
                .limit(4)
                .map(replica -> replica.goOn(settlementId))
                .toList();
        Uni.join().all(replicas).andFailFast().await().atMost(SOON);
        Till.awaitDone(settlementId);

        assertPaidOnce(payees);
    }

    /** Pages of both lock the same balances, in the same order. */
    @Test
    void twoRunsAtOnceMakeOnePayoutOfEachPayee() {
        List<String> payees = payees();
        String other = "run-" + UUID.randomUUID();
        Till.begin(settlementId).statusCode(202);
        Till.begin(other).statusCode(202);

        List<Uni<Void>> replicas = Stream.of(settlementId, other, other, settlementId)
                .map(run -> replica().goOn(run))
                .toList();
        Uni.join().all(replicas).andFailFast().await().atMost(SOON);
        Till.awaitDone(settlementId);
        Till.awaitDone(other);

        assertPaidOnce(payees);
    }

    @Test
    void leavesAPageWholeOrUntouchedAndGoesOnLater() throws SQLException {
        List<String> payees = payees();
        String last = payees.stream().sorted().toList().get(PAYEES - 1);
        // As when the database goes away in the middle: everything of the page but the last statement has been done.
        letFail(last, "internal_error");
        try {
            Till.begin(settlementId).statusCode(202);
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(
                            1,
                            Database.number("SELECT count(*) FROM settlement WHERE id = '" + settlementId
                                    + "' AND cursor_account > 'party:payee'")));
            await().during(Duration.ofSeconds(1)).untilAsserted(() -> assertEquals(List.of(), Till.payouts(last)));
            assertEquals(5000, Till.balance(last, Stage.AVAILABLE));
            assertEquals(
                    0,
                    Database.number("SELECT count(*) FROM payout_change JOIN payout ON id = payout_id WHERE user_id = '"
                            + last + "'"));
            operator().get("/settlements/" + settlementId).then().body("status", equalTo("RUNNING"));
        } finally {
            letFailNoMore();
        }

        Till.awaitDone(settlementId);

        assertPaidOnce(payees);
        operator()
                .get("/settlements/" + settlementId)
                .then()
                .body("payouts", equalTo(PAYEES))
                .body("totals[0].amount", equalTo(PAYEES * 5000));
    }

    /** As where a balance leaves its range: no waiting mends that, and nobody else is to wait for it. */
    @Test
    void passesOverAPayeeWhoseDataIsRefused() throws SQLException {
        List<String> payees = payees();
        List<String> sorted = payees.stream().sorted().toList();
        String refused = sorted.get(12);
        letFail(refused, "check_violation");
        try {
            Till.begin(settlementId).statusCode(202);
            Till.awaitDone(settlementId);
        } finally {
            letFailNoMore();
        }

        assertEquals(List.of(), Till.payouts(refused));
        assertEquals(5000, Till.balance(refused, Stage.AVAILABLE));
        assertPaidOnce(payees.stream().filter(payee -> !payee.equals(refused)).toList());
        till.settle();
        assertPaidOnce(payees);
    }

    @Test
    void passesOverWhatAnotherReplicaIsAt() throws SQLException {
        List<String> payees = payees();
        try (Connection other = Database.asRuntimeRole();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO settlement (id, status, requested_by, started_at) VALUES ('" + settlementId
                    + "', 'RUNNING', 'ops', now())");
            other.commit();
            statement.execute("SELECT 1 FROM settlement WHERE id = '" + settlementId + "' FOR UPDATE");

            replica().goOn(settlementId).await().atMost(Duration.ofSeconds(2));
            String next = till.settle();

            operator().get("/settlements/" + settlementId).then().body("payouts", equalTo(0));
            operator().get("/settlements/" + next).then().body("payouts", equalTo(PAYEES));
            other.rollback();
        }

        Till.awaitDone(settlementId);
        assertPaidOnce(payees);
    }

    private static void letFail(String payee, String condition) throws SQLException {
        asOwner("""
                CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  RAISE EXCEPTION 'fault' USING ERRCODE = '%s';
                END
                $$;
                CREATE TRIGGER fault BEFORE UPDATE ON account_balance
                  FOR EACH ROW WHEN (OLD.account = 'party:%s:available') EXECUTE FUNCTION fault()
                """.formatted(condition, payee));
    }

    private static void letFailNoMore() throws SQLException {
        asOwner("DROP TRIGGER fault ON account_balance; DROP FUNCTION fault()");
    }

    /** What another process of this service would have. */
    private SettlementRuns replica() {
        return new SettlementRuns(pool, ledger, payouts, outbox, clock, settings, payoutSettings);
    }

    private List<String> payees() {
        till.settle(); // What other tests have left.
        return IntStream.range(0, PAYEES).mapToObj(i -> till.payee(5000)).toList();
    }

    private static void assertPaidOnce(List<String> payees) {
        for (String payee : payees) {
            assertEquals(1, Till.payouts(payee).size(), payee);
            assertEquals(0, Till.balance(payee, Stage.AVAILABLE), payee);
            assertEquals(5000, Till.balance(payee, Stage.IN_TRANSIT), payee);
        }
        operator()
                .get("/ledger/verification")
                .then()
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
