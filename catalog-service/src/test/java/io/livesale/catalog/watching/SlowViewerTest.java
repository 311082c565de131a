package io.livesale.catalog.watching;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.catalog.Database;
import io.livesale.catalog.Shop;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One viewer who does not read harms nobody else, and not for long. */
@QuarkusTest
class SlowViewerTest {
    @Inject
    MeterRegistry metrics;

    private String session;

    @BeforeEach
    void schedule() {
        session = new Shop().session();
    }

    @AfterEach
    void shortenTheTitle() throws SQLException {
        title("'Harvest evening'");
    }

    @Test
    void dropsAViewerThatDoesNotReadAndNobodyElse() throws Exception {
        double before = dropped();
        try (Socket slow = connect();
                UpdatesClient other = UpdatesClient.open(RestAssured.port, session)) {
            await().untilAsserted(() -> assertEquals(2, viewers()));

            // More than the system's own buffers take.
            title("repeat('x', 20000000)");

            await().untilAsserted(() -> assertEquals(before + 1, dropped()));
            await().untilAsserted(() -> assertEquals(1, viewers()));
            await().untilAsserted(() -> assertEquals(List.of("session", "session"), other.names()));
            assertTrue(isCutOff(slow));
        }
        await().untilAsserted(() -> assertEquals(0, viewers()));
    }

    @Test
    void showsAViewerThatReadsAgainTheNewestStateAndNothingInBetween() throws Exception {
        double before = dropped();
        try (Socket slow = connect();
                UpdatesClient other = UpdatesClient.open(RestAssured.port, session)) {
            await().untilAsserted(() -> assertEquals(2, viewers()));
            title("repeat('x', 20000000)");
            await().until(() -> other.events().size() == 2);
            title("'in between'");
            await().until(() -> other.events().size() == 3);
            title("'newest'");

            String read = readUntil(slow, "\"title\":\"newest\"");

            assertEquals(-1, read.indexOf("in between"));
            assertEquals(before, dropped());
        }
    }

    private static boolean isCutOff(Socket client) {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String readUntil(Socket client, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] some = new byte[1 << 16];
        while (read.indexOf(end, Math.max(0, read.length() - some.length - end.length())) < 0) {
            int count = client.getInputStream().read(some);
            if (count < 0) {
                throw new AssertionError("cut off before " + end);
            }
            read.append(new String(some, 0, count, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        client.setSoTimeout(10_000);
        String request = "GET /sessions/" + session + "/updates HTTP/1.1\r\nHost: localhost\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private void title(String expression) throws SQLException {
        Database.asOwner("UPDATE live_session SET title = " + expression + " WHERE id = '" + session + "'");
    }

    private double viewers() {
        return metrics.get("catalog.updates.viewers").gauge().value();
    }

    private double dropped() {
        return metrics.get("catalog.updates.dropped").counter().count();
    }
}
