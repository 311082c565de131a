package io.livesale.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database that has been in use is brought up to date with what is in it. */
@QuarkusTest
class MigrationTest {
    /** Beside the schema the service uses. */
    private static final String SCHEMA = "in_use_before";

    @Inject
    Flyway flyway;

    @Test
    void beginsTheHistoryWithTheDecisionsThatStand() throws SQLException {
        migrateTo("1");
        Database.asOwner("""
                INSERT INTO in_use_before.creator
                VALUES ('lin', 'Lin', NULL, 'VERIFIED', 'seen the papers', '2026-11-21T12:00:00Z'),
                    ('mei', 'Mei', NULL, 'PENDING', NULL, NULL)
                """);

        migrateTo("2");

        assertEquals(
                List.of("lin|VERIFIED|seen the papers|null"),
                rows("SELECT creator_id, status, reason, decided_by FROM in_use_before.verification_decision"));
        assertEquals(List.of("2"), rows("SELECT count(DISTINCT arrival) FROM in_use_before.creator"));
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas(SCHEMA)
                .target(version)
                .load()
                .migrate();
    }

    private static List<String> rows(String query) throws SQLException {
        try (Connection connection = Database.asOwner();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
