package io.livesale.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A payment provider, which we do not own: opens every payment it is asked for. */
public final class ProviderResource implements QuarkusTestResourceLifecycleManager {
    public static final String SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";
    public static final String NEXT_SECRET = "whsec_bmV4dC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/payments", ProviderResource::open);
        server.start();
        return Map.of(
                "order.payment.provider-url",
                        "http://localhost:" + server.getAddress().getPort(),
                "order.payment.webhook-secrets", SECRET + "," + NEXT_SECRET);
    }

    private static void open(HttpExchange exchange) throws IOException {
        String payment = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        byte[] answer =
                ("{\"redirectUrl\": \"http://provider.test/pay/" + payment + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
