package io.livesale.payout.paying;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses, whatever the code above it does. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class PayoutRightsTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE payout SET amount = 1",
                "UPDATE payout SET user_id = 'thief'",
                "UPDATE payout SET account_version = 1",
                "DELETE FROM payout",
                "UPDATE payout_change SET reason = 'none'",
                "DELETE FROM payout_change",
                "UPDATE audit_entry SET actor = 'nobody'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "UPDATE payout_account SET holder = 'thief'",
                "DELETE FROM payout_account",
                "UPDATE settlement SET requested_by = 'nobody'",
                "DELETE FROM settlement",
                "UPDATE outbox SET data = '{}'"
            })
    void runtimeRoleCannotRewriteWhatWasDone(String sql) throws SQLException {
        try (Connection connection = Database.asRuntimeRole();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);

            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));

            assertEquals(INSUFFICIENT_PRIVILEGE, refusal.getSQLState());
        }
    }
}
