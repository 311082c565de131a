package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction.Kind;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class LedgerTest {
    @Inject
    Pool pool;

    @Inject
    Ledger ledger;

    private final String payee = "payee-" + UUID.randomUUID();
    private final UUID payoutId = UUID.randomUUID();

    @Test
    void postsACauseOnce() throws SQLException {
        LedgerTransaction made = made("made", 100);

        assertEquals(Set.of(made.cause()), post(made, made));
        assertEquals(Set.of(), post(made));

        assertEquals(-100, balance(Stage.AVAILABLE));
        assertEquals(100, balance(Stage.IN_TRANSIT));
    }

    @Test
    void postsWhatIsNewBesideWhatIsNot() throws SQLException {
        LedgerTransaction known = made("known", 100);
        LedgerTransaction other = made("other", 20);
        post(known);

        assertEquals(Set.of(other.cause()), post(known, other));

        assertEquals(120, balance(Stage.IN_TRANSIT));
    }

    @Test
    void namesThePayoutOfItsTransactions() throws SQLException {
        post(made("made", 100));

        assertEquals(
                1,
                Database.number("SELECT count(*) FROM ledger_transaction WHERE kind = 'PAYOUT' AND order_id IS NULL"
                        + " AND payout_id = '" + payoutId + "'"));
    }

    @Test
    void postsAllOrNothingWhereAllMustBeNew() throws SQLException {
        LedgerTransaction known = made("known", 100);
        post(known);

        assertThrows(
                IllegalArgumentException.class,
                () -> pool.withTransaction(connection -> ledger.postAll(connection, List.of(known, made("new", 20))))
                        .await()
                        .atMost(Duration.ofSeconds(10)));

        assertEquals(100, balance(Stage.IN_TRANSIT));
    }

    private LedgerTransaction made(String name, long amount) {
        Money money = new Money(amount, Currency.getInstance("CNY"));
        return LedgerTransaction.ofPayout(
                payoutId + "." + name,
                Kind.PAYOUT,
                payoutId,
                Instant.parse("2026-11-21T12:00:00Z"),
                List.of(
                        new Posting(new Party(payee, Stage.AVAILABLE), money.negated()),
                        new Posting(new Party(payee, Stage.IN_TRANSIT), money)));
    }

    private Set<String> post(LedgerTransaction... transactions) {
        return pool.withTransaction(connection -> ledger.post(connection, List.of(transactions)))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private long balance(Stage stage) throws SQLException {
        return Database.balance(new Party(payee, stage).accountName(), "CNY");
    }
}
