package io.livesale.payout.verification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Database;
import io.livesale.payout.Ledger;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.payout.Money;
import io.livesale.payout.OrderTopic;
import io.livesale.payout.PaidOrders;
import io.livesale.payout.Posting;
import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
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
import org.junit.jupiter.api.Test;

/** Faults that balance in themselves, planted as the database's owner: others may be there, hence one more than before. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class LedgerFaultsTest {
    private static final Instant LATER = Instant.parse("2026-11-25T09:00:00Z");

    @Inject
    Ledger ledger;

    @Inject
    Pool pool;

    private final String seller = "seller-" + UUID.randomUUID();
    private final PaidOrders order = PaidOrders.sale().seller(seller);

    @Test
    void findsASaleThatIsNotWhatWasPostedOfIt() throws SQLException {
        post();

        findsOneMore(
                "wrongSales",
                "UPDATE sale SET fee = fee + 1, seller_net = seller_net - 1" + ofOrder(),
                "UPDATE sale SET fee = fee - 1, seller_net = seller_net + 1" + ofOrder());
    }

    @Test
    void findsASaleThatWasNeverPosted() throws SQLException {
        UUID unposted = UUID.randomUUID();
        post();

        findsOneMore(
                "wrongSales",
                """
                INSERT INTO sale
                SELECT (jsonb_populate_record(sale, jsonb_build_object('order_id', '%s'))).*
                FROM sale
                """.formatted(unposted) + ofOrder(),
                "DELETE FROM sale WHERE order_id = '" + unposted + "'");
    }

    @Test
    void findsARefundThatIsNotWhatWasPostedOfIt() throws SQLException {
        post();
        OrderTopic.send(List.of(order.refunded("r1", 1990, LATER)));
        awaitPending(2985);

        findsOneMore(
                "wrongRefunds",
                "UPDATE order_standing SET fee_reversed = fee_reversed + 1, net_reversed = net_reversed - 1"
                        + ofOrder(),
                "UPDATE order_standing SET fee_reversed = fee_reversed - 1, net_reversed = net_reversed + 1"
                        + ofOrder());
    }

    @Test
    void findsMoneyInTransitThatIsNoPayouts() {
        post();
        int before = verify().extract().path("wrongPayouts");

        move(100, Stage.PENDING, Stage.IN_TRANSIT);

        verify().body("wrongPayouts", equalTo(before + 1));
        move(100, Stage.IN_TRANSIT, Stage.PENDING);
        verify().body("wrongPayouts", equalTo(before));
    }

    @Test
    void findsWhoWasPaidMoreThanWasReleased() {
        post();
        int before = verify().extract().path("overpaid");

        move(100, Stage.AVAILABLE, Stage.IN_TRANSIT);

        verify().body("overpaid", equalTo(before + 1))
                .body("unbalanced", equalTo(0))
                .body("driftedBalances", equalTo(0));
        move(100, Stage.IN_TRANSIT, Stage.AVAILABLE);
        verify().body("overpaid", equalTo(before));
    }

    private void post() {
        OrderTopic.send(List.of(order.event()));
        awaitPending(4478);
    }

    private void awaitPending(long amount) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertEquals(amount, Database.balance("party:" + seller + ":pending", "CNY")));
    }

    private void findsOneMore(String what, String spoil, String mend) throws SQLException {
        int before = verify().extract().path(what);
        asOwner(spoil);
        try {
            verify().body(what, equalTo(before + 1));
        } finally {
            asOwner(mend);
        }
        verify().body(what, equalTo(before));
    }

    private static void asOwner(String sql) throws SQLException {
        try (Connection owner = Database.asOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ofOrder() {
        return " WHERE order_id = '" + order.orderId() + "'";
    }

    private void move(long amount, Stage from, Stage to) {
        Money money = new Money(amount, Currency.getInstance("CNY"));
        UUID payoutId = UUID.randomUUID();
        LedgerTransaction payout = LedgerTransaction.ofPayout(
                payoutId + ".moved",
                Kind.PAYOUT,
                payoutId,
                LATER,
                List.of(
                        new Posting(new Party(seller, from), money.negated()),
                        new Posting(new Party(seller, to), money)));
        pool.withTransaction(connection -> ledger.postAll(connection, List.of(payout)))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static ValidatableResponse verify() {
        return given().auth()
                .oauth2(Tokens.of("ops", "operator"))
                .get("/ledger/verification")
                .then()
                .statusCode(200);
    }
}
