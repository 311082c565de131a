package io.livesale.catalog.watching;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The database tells of an offer's changes where viewers see them, and nowhere else. */
@QuarkusTest
class ChangeNoticesTest {
    private static final String NOBODYS_SESSION = "00000000-0000-0000-0000-000000000000";

    private String session;
    private String offer;

    @BeforeEach
    void offer() {
        Shop shop = Shop.verified();
        session = shop.session();
        offer = shop.offer(session, shop.product(10), 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'OPEN'",
                "opened_at = now()",
                "remaining = 6",
                "remaining = 6, reserved = 4, sales_version = 1",
                "title = 'Honey'",
                "image_url = 'https://pictures.example/honey.jpg'",
                "price = 1",
                "per_buyer_limit = 3",
                "closes_at = now() + interval '1 day'"
            })
    void tellsWhatViewersSee(String change) throws SQLException {
        Map<String, Object> before = shown();

        assertEquals(1, noticesOf(change));

        assertNotEquals(before, shown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reserved = 1, sold = 2, orders = 3, gross = 3980, commission = 796, sales_version = 1",
                "given_back = 1",
                "title = title"
            })
    void tellsNobodyOfWhatNoViewerSees(String change) throws SQLException {
        Map<String, Object> before = shown();

        assertEquals(0, noticesOf(change));

        assertEquals(before, shown());
    }

    private Map<String, Object> shown() {
        return given().get("/offers/" + offer)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    private long noticesOf(String change) throws SQLException {
        try (Connection listening = Database.asOwner();
                Statement listen = listening.createStatement()) {
            listen.execute("LISTEN session_changes");
            Database.asOwner("UPDATE offer SET " + change + " WHERE id = '" + offer + "'");
            // Notices arrive in the order of their commits: with this one all are there.
            Database.asOwner("NOTIFY session_changes, '" + NOBODYS_SESSION + "'");
            PGConnection notices = listening.unwrap(PGConnection.class);
            List<String> heard = new ArrayList<>();
            await().until(() -> {
                for (PGNotification notice : notices.getNotifications(100)) {
                    heard.add(notice.getParameter());
                }
                return heard.contains(NOBODYS_SESSION);
            });
            return heard.stream().filter(session::equals).count();
        }
    }
}
