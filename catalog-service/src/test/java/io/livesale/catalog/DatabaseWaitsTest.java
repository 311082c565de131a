package io.livesale.catalog;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.stack.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No wait for the database is without an end, and none keeps its connection. */
@QuarkusTest
class DatabaseWaitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @TestHTTPResource
    URI service;

    @ParameterizedTest
    @CsvSource({"lock_timeout,3s", "idle_in_transaction_session_timeout,30s"})
    void tellsTheServerItsLimits(String setting, String limit) {
        String effective = pool.query("SHOW " + setting)
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .await()
                .atMost(PATIENCE);

        assertEquals(limit, effective);
    }

    @Test
    void refusesARequestThatWaitsTooLongForARow() throws SQLException {
        Shop shop = new Shop();
        String session = shop.session();

        try (Connection other = locking(session)) {
            assertUnavailable(shop.asCreator().post("/sessions/" + session + "/start"));
            other.rollback();
        }

        shop.asCreator().post("/sessions/" + session + "/start").then().statusCode(200);
    }

    @Test
    void refusesARequestThatWaitsTooLongForAConnection() {
        List<SqlConnection> all = Uni.join()
                .all(IntStream.range(0, connections)
                        .mapToObj(i -> pool.getConnection())
                        .toList())
                .andFailFast()
                .await()
                .atMost(PATIENCE);
        try {
            assertUnavailable(given().get("/sessions"));
        } finally {
            all.forEach(connection -> connection.close().await().atMost(PATIENCE));
        }

        given().get("/sessions").then().statusCode(200);
    }

    @Test
    void getsConnectionsBackFromRequestsThatWereGivenUp() throws SQLException {
        Shop shop = new Shop();
        String session = shop.session();
        HttpRequest start = HttpRequest.newBuilder(service.resolve("/sessions/" + session + "/start"))
                .header("Authorization", "Bearer " + Tokens.of(shop.creator, "creator"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        try (Connection other = locking(session)) {
            List<CompletableFuture<HttpResponse<Void>>> waiting = IntStream.range(0, 8)
                    .mapToObj(i -> HttpClient.newHttpClient().sendAsync(start, HttpResponse.BodyHandlers.discarding()))
                    .toList();
            await().until(() -> active() >= 8);
            waiting.forEach(request -> request.cancel(true));
            other.rollback();
        }

        await().untilAsserted(() -> assertEquals(0, active()));
    }

    private double active() {
        return metrics.get("sql.pool.active").gauge().value();
    }

    private static Connection locking(String session) throws SQLException {
        Connection owner = Database.asOwner();
        owner.setAutoCommit(false);
        try (Statement lock = owner.createStatement()) {
            lock.execute("SELECT FROM live_session WHERE id = '" + session + "' FOR UPDATE");
        }
        return owner;
    }

    private static void assertUnavailable(Response response) {
        response.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("UNAVAILABLE"));
    }
}
