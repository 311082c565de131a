package io.livesale.local;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    @RegisterExtension
    static final LocalGateway GATEWAY = new LocalGateway(GatewayTest::answer);

    private static final AtomicInteger BROKEN_OFF = new AtomicInteger();

    /** Echoes what reached it; keeps an event stream open; breaks off. */
    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/sessions/1/updates", "/orders/1/updates" ->
                request.response()
                        .setChunked(true)
                        .putHeader("Content-Type", "text/event-stream")
                        .write("event: session\ndata: {}\n\n");
            case "/orders/broken" -> {
                BROKEN_OFF.incrementAndGet();
                request.connection().close();
            }
            // As the kernel does for a process that was killed.
            case "/orders/reset" -> {
                Channel connection = ((ConnectionBase) request.connection()).channel();
                connection.config().setOption(ChannelOption.SO_LINGER, 0);
                connection.close();
            }
            // As a service does that needs only the headers to see that a body is too large.
            case "/refused" ->
                request.response()
                        .setStatusCode(413)
                        .putHeader("Connection", "close")
                        .endHandler(sent -> request.connection().close())
                        .end("too large for the service");
            case "/products/import" ->
                request.body()
                        .onSuccess(body -> request.response().setStatusCode(201).end());
            default ->
                request.body()
                        .onSuccess(body -> request.response()
                                .setStatusCode(201)
                                .putHeader("Content-Type", "application/json")
                                .end(new JsonObject()
                                        .put("port", request.localAddress().port())
                                        .put("uri", request.uri())
                                        .put("host", request.getHeader("Host"))
                                        .put("forwardedHost", request.getHeader("X-Forwarded-Host"))
                                        .put("forwardedFor", request.getHeader("X-Forwarded-For"))
                                        .put("prefer", request.getHeader("Prefer"))
                                        .put("body", body.toString())
                                        .toBuffer()));
        }
    }

    @Test
    void passesRequestAndAnswerUnchanged() {
        given().baseUri(GATEWAY.origin)
                .urlEncodingEnabled(false)
                .header("Prefer", "wait=10")
                .header("X-Forwarded-For", "203.0.113.9")
                .body("{\"a\": 1}")
                .when()
                .post("/orders/1?receipt=a%2Fb")
                .then()
                .statusCode(201)
                .body("uri", equalTo("/orders/1?receipt=a%2Fb"))
                .body("host", equalTo("localhost:" + GATEWAY.port))
                .body("forwardedHost", equalTo("localhost:" + GATEWAY.port))
                .body("forwardedFor", not(startsWith("203")))
                .body("prefer", equalTo("wait=10"))
                .body("body", equalTo("{\"a\": 1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions/1/updates", "/orders/1/updates"})
    void passesEventsAsTheyHappen(String path) throws IOException {
        URLConnection stream = URI.create(GATEWAY.origin + path).toURL().openConnection();
        stream.setReadTimeout(5000);

        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("event: session", events.readLine());
        }
    }

    /** A client may wait for this without end before it sends the body. */
    @Test
    void tellsWhoeverAsksFirstToSendTheBody() throws IOException, InterruptedException {
        HttpRequest asking = HttpRequest.newBuilder(URI.create(GATEWAY.origin + "/orders/1"))
                .expectContinue(true)
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(asking, BodyHandlers.ofString());

        assertEquals(201, answer.statusCode());
    }

    @Test
    void saysThatAServiceIsNotThere() {
        given().baseUri(GATEWAY.origin)
                .when()
                .get("/earnings/me")
                .then()
                .statusCode(503)
                .contentType(Problems.MEDIA_TYPE)
                .header("Retry-After", "1")
                .body("code", equalTo("SERVICE_UNAVAILABLE"));
    }

    @Test
    void saysThatAServiceBrokeOffAndAsksNoOther() {
        BROKEN_OFF.set(0);

        given().baseUri(GATEWAY.origin)
                .when()
                .post("/orders/broken")
                .then()
                .statusCode(502)
                .contentType(Problems.MEDIA_TYPE)
                .body("code", equalTo("BAD_GATEWAY"));

        assertEquals(1, BROKEN_OFF.get());
    }

    @Test
    void saysNothingOnTheConsoleOfAConnectionThatBreaks() {
        List<String> said = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("io.vertx").addHandler(listener);
        try {
            given().baseUri(GATEWAY.origin).when().post("/orders/reset").then().statusCode(502);
        } finally {
            Logger.getLogger("io.vertx").removeHandler(listener);
        }

        assertEquals(List.of(), said);
    }

    @Test
    void spreadsRequestsOverReplicasAndPassesOverOneThatCannotBeConnectedTo() {
        Set<Integer> answered = portsOf(60);

        assertEquals(
                Set.of(GATEWAY.orderService(1).port(), GATEWAY.orderService(2).port()), answered);
    }

    @Test
    void leavesOutAReplicaThatIsNotReady() {
        GATEWAY.endpoints().gone(GATEWAY.orderService(1));

        Set<Integer> answered = portsOf(60);

        GATEWAY.endpoints().ready(GATEWAY.orderService(1));
        assertEquals(Set.of(GATEWAY.orderService(2).port()), answered);
    }

    /** The ports of the replicas that answer so many requests. */
    private static Set<Integer> portsOf(int requests) {
        return Stream.generate(() -> given().baseUri(GATEWAY.origin)
                        .body("{}")
                        .when()
                        .post("/orders")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<Integer>path("port"))
                .limit(requests)
                .collect(Collectors.toSet());
    }

    @Test
    void passesTheRefusalOfAServiceThatHangsUpBeforeTheBodyHasCome() {
        for (int repeat = 0; repeat < 20; repeat++) {
            post("/refused", 256 * 1024).statusCode(413).body(equalTo("too large for the service"));
        }
    }

    @Test
    void refusesABodyThatNoServiceTakes() {
        post("/products", 256 * 1024).statusCode(201);
        post("/products", 256 * 1024 + 1)
                .statusCode(413)
                .contentType(Problems.MEDIA_TYPE)
                .body("code", equalTo("PAYLOAD_TOO_LARGE"));
    }

    @Test
    void takesALongFileOfProducts() {
        post("/products/import", 16 * 1024 * 1024).statusCode(201);
        post("/products/import", 16 * 1024 * 1024 + 1).statusCode(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ=="
            })
    void answersInPlainHttpWhateverUpgradeIsOffered(String offer) throws IOException {
        assertEquals("HTTP/1.1 201 Created", statusLine("/counties", offer));
    }

    private static ValidatableResponse post(String path, int bytes) {
        return given().baseUri(GATEWAY.origin)
                .body(new byte[bytes])
                .when()
                .post(path)
                .then();
    }

    @Test
    void keepsTrickyPathsFromServices() throws IOException {
        for (String path : new String[] {"/orders;x", "/x/../q/health", "//q/health", "/%2e%2e/q", "/x%2f..%2fq"}) {
            assertEquals("HTTP/1.1 400 Bad Request", statusLine(path), path);
        }
        assertEquals("HTTP/1.1 404 Not Found", statusLine("/%71/health"));
    }

    /** The server below would refuse these without a word. */
    @ParameterizedTest
    @CsvSource({"5000, 0, 414, URI_TOO_LONG", "10, 9000, 431, HEADERS_TOO_LARGE", "-1, 0, 400, INVALID_REQUEST"})
    void saysWhyItCannotReadARequest(int path, int header, int status, String code) throws IOException {
        String target = path < 0 ? "/ /" : "/" + "x".repeat(path);

        String answer;
        try (Socket socket = new Socket("localhost", GATEWAY.port)) {
            answer = ask(socket, target, "Connection: close\r\nX: " + "x".repeat(header))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }

        assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
    }

    /** A client library would tidy the path up. */
    private static String statusLine(String path) throws IOException {
        return statusLine(path, "Connection: close");
    }

    private static String statusLine(String path, String headers) throws IOException {
        try (Socket socket = new Socket("localhost", GATEWAY.port)) {
            return ask(socket, path, headers).readLine();
        }
    }

    private static BufferedReader ask(Socket socket, String path, String headers) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }
}
