package io.livesale.payout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
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
 * A payout provider, which we do not own. What it answers is in the last three digits of the amount or of the account:
 * 4xx and 5xx are answered with that status, those in {@link #FOR_A_WHILE} twice only; 200 tells that the payout is paid
 * already, 207 that it failed; every other payout is taken, and every other account is one. {@code GET /asked/{key or
 * account}} tells what it was asked. Every test has it, for Quarkus finds this annotation wherever it stands.
 */
@QuarkusTestResource(PayoutProviderResource.class)
public final class PayoutProviderResource implements QuarkusTestResourceLifecycleManager {
    public static final String SECRET = "whsec_dGVzdC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";
    public static final String NEXT_SECRET = "whsec_bmV4dC1zZWNyZXQtb2YtdGhpcy1ydW4tb25seQ==";
    public static final String WRITING_KEY = "new:c2VhbHMgd2hhdCBpcyBvZiB0aGUgdGVzdHMgYWxvbmU=";
    public static final String OLD_KEY = "old:c2VhbGVkIHdoYXQgaXMgdGVzdGVkIHRpbGwgdG9kYXk=";

    private static final Set<Integer> FOR_A_WHILE = Set.of(404, 409, 429, 500, 503);
    /** Not a status: told as 422, with the code that says that the key is known for something else. */
    private static final int KEY_REUSED = 499;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<JsonNode>> asked = new ConcurrentHashMap<>();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/payouts", this::pay);
        server.createContext("/account-checks", this::check);
        server.createContext("/asked/", this::tell);
        server.start();
        return Map.of(
                "payout.provider.url", "http://localhost:" + server.getAddress().getPort(),
                "payout.provider.webhook-secrets", SECRET + "," + NEXT_SECRET,
                "payout.account-keys", WRITING_KEY + "," + OLD_KEY);
    }

    private void pay(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody());
        int times = remember(exchange.getRequestHeaders().getFirst("Idempotency-Key"), request);
        int wish = (int) (request.at("/amount/amount").asLong() % 1000);
        if (wish == KEY_REUSED) {
            answer(exchange, 422, "{\"code\": \"IDEMPOTENCY_KEY_REUSED\", \"detail\": \"known for another\"}");
        } else if (isTrouble(wish, times)) {
            answer(exchange, wish, "{\"detail\": \"The account is closed.\"}");
        } else {
            answer(exchange, times == 1 ? 201 : 200, progress(wish));
        }
    }

    private static String progress(int wish) {
        return switch (wish) {
            case 200 -> "{\"status\": \"PAID\"}";
            case 207 -> "{\"status\": \"FAILED\", \"reason\": \"The bank sent it back.\"}";
            default -> "{\"status\": \"ACCEPTED\"}";
        };
    }

    private void check(HttpExchange exchange) throws IOException {
        JsonNode request = json.readTree(exchange.getRequestBody());
        String account = request.get("account").asText();
        int times = remember(account, request);
        int wish = account.matches(".*[0-9]{3}") ? Integer.parseInt(account.substring(account.length() - 3)) : 0;
        if (isTrouble(wish, times)) {
            answer(exchange, wish, "{\"detail\": \"This is no account number.\"}");
        } else if (wish == 207) {
            answer(exchange, 200, "{\"valid\": false, \"reason\": \"The holder has another name.\"}");
        } else {
            answer(exchange, 200, "{\"valid\": true}");
        }
    }

    private static boolean isTrouble(int wish, int times) {
        return wish >= 400 && wish < 600 && !(FOR_A_WHILE.contains(wish) && times > 2);
    }

    /** How often it was asked so by now. */
    private int remember(String key, JsonNode request) {
        List<JsonNode> all = asked.computeIfAbsent(key, first -> new CopyOnWriteArrayList<>());
        all.add(request);
        return all.size();
    }

    private void tell(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring("/asked/".length());
        answer(exchange, 200, json.writeValueAsString(asked.getOrDefault(key, List.of())));
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
