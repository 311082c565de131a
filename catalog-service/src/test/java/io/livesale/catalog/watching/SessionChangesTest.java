package io.livesale.catalog.watching;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a change reaches viewers, wherever it was made and whatever gets lost on the way. */
@QuarkusTest
class SessionChangesTest {
    @Inject
    SessionFeeds feeds;

    @Inject
    SecondReplica second;

    @Inject
    AgroalDataSource database;

    @Inject
    UpdateSettings settings;

    private Shop shop;
    private String session;
    private String product;
    private boolean started;

    @BeforeEach
    void schedule() {
        shop = Shop.verified();
        session = shop.session();
        product = shop.product(100);
    }

    private void startSecond(Duration longestStream) throws Exception {
        second.start(longestStream);
        started = true;
    }

    @AfterEach
    void stopSecond() {
        if (started) {
            second.stop();
        }
    }

    @Test
    void aPinReachesTheViewersOfEveryReplica() throws Exception {
        startSecond(Duration.ofHours(1));
        String offer = shop.offer(session, product, 10);
        try (UpdatesClient here = UpdatesClient.open(RestAssured.port, session);
                UpdatesClient there = second.follow(session)) {
            await().until(() -> here.events().size() == 1 && there.events().size() == 1);

            pin(offer);

            await().untilAsserted(() -> assertEquals(List.of(offer, offer), List.of(here.pinned(), there.pinned())));
        }
    }

    @Test
    void manyChangesAtOnceAreToldAsFewAndTheLastOneIsTheLast() {
        List<String> offers = List.of(
                shop.offer(session, product, 1), shop.offer(session, product, 1), shop.offer(session, product, 1));
        try (UpdatesClient viewer = UpdatesClient.open(RestAssured.port, session)) {
            await().until(() -> viewer.events().size() == 1);

            long begin = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                pin(offers.get(i % offers.size()));
            }

            await().until(() -> viewer.pinned().equals(offers.get(2)));
            long pins = viewer.names().stream().filter("pin"::equals).count();
            long pauses = Duration.ofNanos(System.nanoTime() - begin).dividedBy(settings.pause());
            assertTrue(pins <= pauses + 1, () -> pins + " pins told in " + pauses + " pauses");
        }
    }

    @Test
    void aLostConnectionIsMadeAnewAndWhatWasMissedIsFoundOut() throws SQLException {
        String offer = shop.offer(session, product, 10);
        String next = shop.offer(session, product, 10);
        try (UpdatesClient viewer = UpdatesClient.open(RestAssured.port, session)) {
            await().until(() -> viewer.events().size() == 1);

            assertEquals(1, endListening());
            pin(offer);
            await().until(() -> viewer.pinned().equals(offer));

            pin(next);
            await().until(() -> viewer.pinned().equals(next));
        }
    }

    @Test
    void aNoticeThatIsLostIsMadeUpForByTheNextCheck() throws SQLException {
        String offer = shop.offer(session, product, 10);
        try (UpdatesClient viewer = UpdatesClient.open(RestAssured.port, session)) {
            await().until(() -> viewer.events().size() == 1);
            Database.asOwner("ALTER TABLE live_session DISABLE TRIGGER tell_change");
            try {
                pin(offer);
                await().during(Duration.ofMillis(500))
                        .until(() -> viewer.events().size() == 1);
            } finally {
                Database.asOwner("ALTER TABLE live_session ENABLE TRIGGER tell_change");
            }

            feeds.check().await().atMost(Duration.ofSeconds(10));

            await().until(() -> viewer.pinned().equals(offer));
        }
    }

    @Test
    void turnsAwayMoreViewersThanThereIsRoomFor() throws Exception {
        startSecond(Duration.ofHours(1));
        try (UpdatesClient first = second.follow(session);
                UpdatesClient last = second.follow(session)) {
            await().until(() -> first.events().size() == 1 && last.events().size() == 1);
            assertEquals(SecondReplica.MAX_VIEWERS, second.viewers());

            try (UpdatesClient tooMany = second.follow(session)) {
                assertEquals(503, tooMany.status());
            }
        }
        await().untilAsserted(() -> assertEquals(0, second.viewers()));
    }

    @Test
    void noStreamLastsForEver() throws Exception {
        startSecond(Duration.ofSeconds(2));
        try (UpdatesClient viewer = second.follow(session)) {
            await().until(viewer::isEnded);
            assertEquals(List.of("session"), viewer.names());
        }
    }

    @Test
    void whoeverFollowsASessionIsSentAwayAtTheBeginningOfAnOrderlyStop() throws Exception {
        startSecond(Duration.ofHours(1));
        try (UpdatesClient viewer = second.follow(session)) {
            await().until(() -> viewer.events().size() == 1);

            second.beginToStop();

            await().until(viewer::isEnded);
        }
        try (UpdatesClient back = second.follow(session)) {
            await().until(back::isEnded);
            assertEquals(List.of("session"), back.names());
        }
    }

    private void pin(String offer) {
        shop.asCreator()
                .body(Map.of("offerId", offer))
                .put("/sessions/" + session + "/pin")
                .then()
                .statusCode(200);
    }

    /** Returns how many connections were ended. */
    private int endListening() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet ended = statement.executeQuery("""
                        SELECT count(pg_terminate_backend(pid))
                        FROM pg_stat_activity
                        WHERE query = 'LISTEN session_changes'
                        """)) {
            ended.next();
            return ended.getInt(1);
        }
    }
}
