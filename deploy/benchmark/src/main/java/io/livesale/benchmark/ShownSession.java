package io.livesale.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.stack.Tokens;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A session for viewers to follow, with as many offers as a usual sale has. */
final class ShownSession {
    static final int OFFERS = 20;
    /** Units of each offer, more than are ever sold here. */
    static final int ALLOTMENT = 1_000_000;

    static final int PRICE = 1990;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceProcess catalog;
    private final String creator;
    private final UUID id;
    private final List<UUID> offers;

    ShownSession(ServiceProcess catalog, Tokens tokens) {
        this.catalog = catalog;
        this.creator = tokens.issue("creator-lin", Set.of("creator"));
        this.id = id(call("POST", "/sessions", creator, "{\"title\": \"Harvest evening\"}"), "sessionId");
        UUID product =
                product(tokens.issue("staff-qin", Set.of("operator")), tokens.issue("seller-qinba", Set.of("seller")));
        this.offers = Stream.generate(() -> offer(product)).limit(OFFERS).toList();
    }

    private UUID product(String operator, String seller) {
        call("PUT", "/counties/610726", operator, """
                {"name": "Ningqiang", "province": "Shaanxi", "designated": true}""");
        UUID product = id(call("POST", "/products", seller, """
                {"title": "Mushroom paste, 2 x 210 g", "county": "610726", "commissionBasisPoints": 2000,
                 "listPrice": {"amount": 2590, "currency": "CNY"}}"""), "productId");
        call("POST", "/products/" + product + "/stock-adjustments", seller, """
                {"adjustmentId": "first", "delta": %d}""".formatted(OFFERS * ALLOTMENT));
        return product;
    }

    private UUID offer(UUID product) {
        String body = """
                {"productId": "%s", "price": {"amount": %d, "currency": "CNY"}, "allotment": %d}
                """.formatted(product, PRICE, ALLOTMENT);
        return id(call("POST", "/sessions/" + id + "/offers", creator, body), "offerId");
    }

    UUID id() {
        return id;
    }

    List<UUID> offers() {
        return offers;
    }

    void pin(UUID offer) {
        call("PUT", "/sessions/" + id + "/pin", creator, "{\"offerId\": \"" + offer + "\"}");
    }

    /** Units that are left of an offer, as viewers see it. */
    int remaining(UUID offer) {
        return call("GET", "/offers/" + offer, creator, "").get("remaining").asInt();
    }

    private JsonNode call(String method, String path, String token, String body) {
        try {
            return JSON.readTree(catalog.call(method, path, token, body));
        } catch (JsonProcessingException e) {
            throw new CannotRun(path + " was not answered with JSON: " + e.getMessage());
        }
    }

    private static UUID id(JsonNode answer, String field) {
        return UUID.fromString(answer.get(field).asText());
    }
}
