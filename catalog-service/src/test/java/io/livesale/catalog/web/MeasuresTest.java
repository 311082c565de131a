package io.livesale.catalog.web;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** After as many made-up paths as metrics take. */
@QuarkusTest
class MeasuresTest {
    private static final int MORE_THAN_ARE_TAKEN = 110;

    @Test
    void nothingThatIsMadeUpTakesTheRoomOfWhatIsReal() throws IOException {
        for (int count = 0; count < MORE_THAN_ARE_TAKEN; count++) {
            String madeUp = "made-up-" + count;
            given().get("/" + madeUp);
            given().urlEncodingEnabled(false).get("/%2f" + madeUp).then().statusCode(400);
            getAsItIs("/%zz" + madeUp);
            getAsItIs(madeUp);
            given().options("/counties/" + madeUp).then().statusCode(204);
            given().delete("/counties/" + madeUp);
            given().request("MADE-UP-" + count, "/" + madeUp);
        }

        given().get("/counties/" + UUID.randomUUID());

        await().untilAsserted(() -> given().get("/q/metrics")
                .then()
                .body(containsString("uri=\"/counties/{code}\""))
                .body(containsString("uri=\"/other\""))
                .body(not(containsString("made-up")))
                .body(not(containsString("MADE-UP"))));
    }

    /** Alerts and dashboards are held against it by deploy/kubernetes. */
    @Test
    void keepsWhatItMeasures() throws IOException {
        String measures =
                given().get("/q/metrics").then().statusCode(200).extract().asString();

        assertTrue(measures.contains("# TYPE "));
        Files.writeString(Path.of("target", "metrics.txt"), measures);
    }

    /** Which no client of good manners sends. */
    private static void getAsItIs(String path) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        }
    }
}
