package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who are late, at a server that reads an order and answers when the test says so. */
@Timeout(30)
class DoorTest {
    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Runnable> late = new CompletableFuture<>();
    private final CompletableFuture<Runnable> answer = new CompletableFuture<>();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = await(vertx.createHttpServer().requestHandler(this::read).listen(0, "localhost"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void read(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        late.complete(Door.cutOffUnlessWhole(request));
        request.body()
                .onSuccess(whole -> answer.complete(
                        () -> context.runOnContext(now -> request.response().end())));
    }

    @Test
    void anOrderThatHasComeIsAnsweredHoweverLongThatTakes() throws IOException {
        try (Socket client = connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nhalf");
            Runnable answering = answer.join();

            late.join().run();
            answering.run();

            assertEquals("HTTP/1.1 200 OK", firstLine(client));
        }
    }

    @Test
    void whoHasSentHalfAnOrderIsCutOff() throws IOException {
        try (Socket client = connect()) {
            send(client, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf");

            late.join().run();

            assertEquals(null, firstLine(client));
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable String firstLine(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
