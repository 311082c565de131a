package io.livesale.order.tracking;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<EventStream> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private HttpServer server;
    private volatile HttpServerResponse response;

    @BeforeEach
    void serve() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.response().closeHandler(nothing -> gone.complete(null));
                    response = request.response();
                    EventStream stream = new EventStream(request);
                    stream.begin();
                    opened.complete(stream);
                })
                .listen(0, HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void writesEventsAsBrowsersReadThem() throws Exception {
        try (Socket client = connect()) {
            EventStream stream = opened.get(10, TimeUnit.SECONDS);

            stream.send("order", 2, "{\"status\":\"RESERVED\"}");
            stream.heartbeat();

            awaitText(client, "event: order\nid: 2\ndata: {\"status\":\"RESERVED\"}\n\n");
        }
    }

    @Test
    void noticesAClientThatDoesNotReadAndDropsIt() throws Exception {
        try (Socket client = connect()) {
            EventStream stream = opened.get(10, TimeUnit.SECONDS);
            assertFalse(stream.isStalled());
            // More than the system's own buffers take, so that the stream stays stalled.
            stream.send("order", 1, "x".repeat(50_000_000));
            await().until(stream::isStalled);

            stream.drop();

            gone.get(10, TimeUnit.SECONDS);
            assertEquals(-1, drain(client.getInputStream()));
        }
    }

    /** Whoever looks after streams may come a moment late. */
    @Test
    void isNotStalledOnceItHasEnded() throws Exception {
        try (Socket client = connect()) {
            EventStream stream = opened.get(10, TimeUnit.SECONDS);

            response.end();
            awaitText(client, "\r\n0\r\n\r\n");

            assertFalse(stream.isStalled());
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(HOST, server.actualPort());
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void awaitText(Socket client, String text) {
        StringBuilder read = new StringBuilder();
        await().untilAsserted(() -> {
            InputStream body = client.getInputStream();
            read.append(new String(body.readNBytes(body.available()), StandardCharsets.UTF_8));
            assertTrue(read.indexOf(text) >= 0);
        });
    }

    private static int drain(InputStream body) {
        try {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            return body.read();
        } catch (IOException e) {
            return -1;
        }
    }
}
