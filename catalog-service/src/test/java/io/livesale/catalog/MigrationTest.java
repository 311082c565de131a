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
    @Inject
    Flyway flyway;

    @Test
    void beginsTheHistoryWithTheDecisionsThatStand() throws SQLException {
        migrate("decided", "1");
        Database.asOwner("""
                INSERT INTO decided.creator
                VALUES ('lin', 'Lin', NULL, 'VERIFIED', 'seen the papers', '2026-11-21T12:00:00Z'),
                    ('mei', 'Mei', NULL, 'PENDING', NULL, NULL)
                """);

        migrate("decided", "latest");

        assertEquals(
                List.of("lin|VERIFIED|seen the papers|null"),
                rows("SELECT creator_id, status, reason, decided_by FROM decided.verification_decision"));
        assertEquals(List.of("2"), rows("SELECT count(DISTINCT arrival) FROM decided.creator"));
    }

    @Test
    void givesOffersTheirPicturesAndNoFiguresThatWereNeverTold() throws SQLException {
        migrate("offered", "1");
        Database.asOwner("""
                SET search_path = offered;
                INSERT INTO county
                VALUES ('610726', 'Ningqiang', 'Shaanxi', true);
                INSERT INTO product
                VALUES ('00000000-0000-0000-0000-000000000001', 'wang', 'Paste', NULL, 'https://img.example/paste.png',
                        '610726', 2590, 'CNY', 2000, 'STANDARD', 0, 18, 2, now());
                INSERT INTO live_session (id, creator_id, title, status, created_at)
                VALUES ('00000000-0000-0000-0000-000000000002', 'lin', 'Harvest', 'LIVE', now());
                INSERT INTO offer (id, session_id, creator_id, kind, product_id, title, price, currency, allotment,
                                   commission_basis_points, status, given_back, sales_version, remaining, reserved,
                                   sold)
                SELECT (prefix || id)::uuid, (prefix || 2)::uuid, 'lin', kind, (prefix || product)::uuid, 'x', 1, 'CNY',
                       allotment, 2000, 'OPEN', 0, version, remaining, 0, sold
                FROM (VALUES (3, 'PRODUCT', 1, 10, 0, NULL, 0),
                             (4, 'PRODUCT', 1, 10, 5, 8, 2),
                             (5, 'GIFT', NULL, NULL, 0, NULL, 0))
                        AS made (id, kind, product, allotment, version, remaining, sold),
                     (VALUES ('00000000-0000-0000-0000-00000000000')) AS ids (prefix);
                """);

        migrate("offered", "latest");

        assertEquals(
                List.of(
                        "https://img.example/paste.png|0|0|0",
                        "https://img.example/paste.png|null|null|null",
                        "null|0|0|0"),
                rows("SELECT image_url, orders, gross, commission FROM offered.offer ORDER BY id"));
    }

    /** In a schema beside the one the service uses. */
    private void migrate(String schema, String version) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas(schema)
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
