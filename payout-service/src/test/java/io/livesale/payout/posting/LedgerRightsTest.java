package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.payout.Database;
import io.livesale.stack.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses, whatever the code above it does. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class LedgerRightsTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String CHECK_VIOLATION = "23514";

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = Database.asRuntimeRole();
        connection.setAutoCommit(false);
        statement = connection.createStatement();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE posting SET amount = 1",
                "DELETE FROM posting",
                "TRUNCATE posting",
                "UPDATE ledger_transaction SET cause = 'x'",
                "DELETE FROM ledger_transaction",
                "UPDATE sale SET fee = 0",
                "DELETE FROM sale",
                "UPDATE refund SET amount = 1",
                "UPDATE refund SET currency = 'USD'",
                "DELETE FROM refund",
                "UPDATE order_standing SET order_id = gen_random_uuid()",
                "DELETE FROM order_standing",
                "DELETE FROM account_balance",
                "ALTER TABLE posting DISABLE TRIGGER ALL",
                "DROP TABLE posting"
            })
    void runtimeRoleCannotRewriteTheLedger(String sql) {
        SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));

        assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
    }

    @Test
    void acceptsABalancedTransactionAtCommit() throws SQLException {
        long transaction = openTransaction();
        post(transaction, 0, "XTS", 5);
        post(transaction, 1, "XTS", -5);
        keepBalancesTrue(5);

        assertDoesNotThrow(connection::commit);
    }

    @Test
    void refusesAnUnbalancedTransactionAtCommit() throws SQLException {
        long transaction = openTransaction();
        post(transaction, 0, "XTS", 5);
        post(transaction, 1, "XTS", -4);

        SQLException refusal = assertThrows(SQLException.class, connection::commit);

        assertEquals(CHECK_VIOLATION, refusal.getSQLState());
    }

    @Test
    void refusesATransactionThatBalancesOnlyAcrossCurrencies() throws SQLException {
        long transaction = openTransaction();
        post(transaction, 0, "XTS", 5);
        post(transaction, 1, "XXX", -5);

        SQLException refusal = assertThrows(SQLException.class, connection::commit);

        assertEquals(CHECK_VIOLATION, refusal.getSQLState());
    }

    @Test
    void refusesALatePostingThatUnbalancesAnOldTransaction() throws SQLException {
        long transaction = openTransaction();
        post(transaction, 0, "XTS", 5);
        post(transaction, 1, "XTS", -5);
        keepBalancesTrue(5);
        connection.commit();
        post(transaction, 2, "XTS", 1);

        SQLException refusal = assertThrows(SQLException.class, connection::commit);

        assertEquals(CHECK_VIOLATION, refusal.getSQLState());
    }

    private long openTransaction() throws SQLException {
        String open = """
                INSERT INTO ledger_transaction (cause, kind, occurred_at)
                VALUES ('%s', 'TEST', now())
                RETURNING id
                """.formatted(UUID.randomUUID());
        try (var rows = statement.executeQuery(open)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void post(long transaction, int line, String currency, long amount) throws SQLException {
        statement.execute(
                "INSERT INTO posting (transaction_id, line, account, currency, amount) VALUES (%d, %d, '%s', '%s', %d)"
                        .formatted(transaction, line, amount > 0 ? "test-in" : "test-out", currency, amount));
    }

    /** The other tests expect a ledger without drift. */
    private void keepBalancesTrue(long amount) throws SQLException {
        statement.execute("""
                INSERT INTO account_balance (account, currency, balance)
                VALUES ('test-in', 'XTS', %1$d), ('test-out', 'XTS', -%1$d)
                ON CONFLICT (account, currency) DO UPDATE SET balance = account_balance.balance + excluded.balance
                """.formatted(amount));
    }
}
