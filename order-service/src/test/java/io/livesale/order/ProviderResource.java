package io.livesale.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A payment provider, which we do not own. It opens every payment it is asked for. What it answers to a refund is in the
 * amount: 4xx and 5xx minor units are answered with that status, those in {@link #FOR_A_WHILE} twice only; every other
 * amount is given back. {@code GET /refunds/{idempotency key}} tells how often it was asked.
 */
public final class ProviderResource implements QuarkusTestResourceLifecycleManager {
    public static final String SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";
    public static final String NEXT_SECRET = "whsec_bmV4dC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";

    private static final Set<Integer> FOR_A_WHILE = Set.of(401, 404, 429, 503);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<JsonNode>> refunds = new ConcurrentHashMap<>();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/payments", ProviderResource::open);
        server.createContext("/refunds", this::refund);
        server.start();
        return Map.of(
                "order.payment.provider-url",
                        "http://localhost:" + server.getAddress().getPort(),
                "order.payment.webhook-secrets", SECRET + "," + NEXT_SECRET);
    }

    private static void open(HttpExchange exchange) throws IOException {
        String payment = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        exchange.getRequestBody().readAllBytes();
        answer(exchange, 201, "{\"redirectUrl\": \"http://provider.test/pay/" + payment + "\"}");
    }

    private void refund(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            String key = exchange.getRequestURI().getPath().substring("/refunds/".length());
            answer(exchange, 200, json.writeValueAsString(refunds.getOrDefault(key, List.of())));
            return;
        }
        JsonNode asked = json.readTree(exchange.getRequestBody());
        List<JsonNode> all = refunds.computeIfAbsent(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"), key -> new CopyOnWriteArrayList<>());
        all.add(asked);
        answer(exchange, status(asked.at("/amount/amount").asInt(), all.size()), "{}");
    }

    private static int status(int amount, int times) {
        boolean trouble = amount >= 400 && amount < 600 && !(FOR_A_WHILE.contains(amount) && times > 2);
        return trouble ? amount : 201;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
