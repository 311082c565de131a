package io.livesale.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A sale to look at, made through the public API like any other: counties that were once designated, a verified
 * streamer, a co-operative's goods, and a live session with its mushroom paste pinned.
 */
final class DemoSale {
    private static final String CREATOR = "demo-streamer";
    private static final String SELLER = "demo-cooperative";
    private static final String SESSION_TITLE = "Mountain goods, live from Zhashui";
    private static final String CURRENCY = "CNY";

    /** Codes of GB/T 2260; all were on the state list of poverty-alleviation counties until 2019 or 2020. */
    private static final List<County> COUNTIES = List.of(
            new County("611026", "Zhashui", "Shaanxi"),
            new County("610925", "Langao", "Shaanxi"),
            new County("610926", "Pingli", "Shaanxi"),
            new County("510824", "Cangxi", "Sichuan"),
            new County("513431", "Zhaojue", "Sichuan"),
            new County("513437", "Leibo", "Sichuan"));

    private static final List<Article> ARTICLES = List.of(
            new Article("Shiitake mushroom paste, 210 g", "611026", 2590, 1990, 5000, 1000),
            new Article("Konjak tofu, 500 g", "610925", 1680, 1280, 3000, 600),
            new Article("Pingli green tea, 125 g", "610926", 6800, 5800, 2000, 400));

    private final Api api;
    private final Clock clock;

    DemoSale(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    private record County(String code, String name, String province) {}

    /**
     * One product and its offer.
     *
     * @param listPrice fen; so is the price in the sale
     * @param stock units, of which the allotment goes into the sale
     */
    private record Article(String title, String county, long listPrice, long price, int stock, int allotment) {}

    /** The demo's live session and its pinned offer. */
    record Made(String sessionId, String offerId) {}

    /**
     * Makes the sale unless it was made before. Broken off half way it can be repeated: what has an id of ours is set
     * again, the rest is looked for first.
     *
     * @param marker remembers what was made
     */
    Made once(Path marker) {
        if (!Files.exists(marker)) {
            Made made = make();
            DataFolder.write(
                    marker,
                    JsonObject.of("sessionId", made.sessionId(), "offerId", made.offerId())
                            .encode());
        }
        JsonObject made = new JsonObject(DataFolder.read(marker));
        return new Made(made.getString("sessionId"), made.getString("offerId"));
    }

    private Made make() {
        designateCounties();
        String creator = verifiedCreator();
        List<String> products = ARTICLES.stream().map(this::stocked).toList();
        String session = liveSession(creator);
        List<String> offers = openOffers(creator, session, products);
        api.call("PUT", "/sessions/" + session + "/pin", creator, JsonObject.of("offerId", offers.get(0)));
        api.awaitOnSale(offers.get(0));
        return new Made(session, offers.get(0));
    }

    private void designateCounties() {
        String operator = api.token("demo-operator", "operator");
        JsonArray codes = new JsonArray();
        for (County county : COUNTIES) {
            JsonObject body = JsonObject.of("name", county.name(), "province", county.province(), "designated", true);
            api.call("PUT", "/counties/" + county.code(), operator, body);
            codes.add(county.code());
        }
        JsonObject programme = JsonObject.of(
                "name",
                "Designated counties",
                "counties",
                codes,
                "feeBasisPoints",
                100,
                "from",
                clock.instant().truncatedTo(ChronoUnit.DAYS).toString());
        api.call("PUT", "/fee-programmes/designated-counties", operator, programme);
    }

    private String verifiedCreator() {
        String creator = api.token(CREATOR, "creator");
        String operator = api.token("demo-operator", "operator");
        api.call(
                "PUT", "/creators/me", creator, JsonObject.of("displayName", "Lin of Zhashui", "homeCounty", "611026"));
        JsonObject verdict = JsonObject.of("status", "VERIFIED", "reason", "Demo data");
        api.call("PUT", "/creators/" + CREATOR + "/verification", operator, verdict);
        return creator;
    }

    /** @return the product's id */
    private String stocked(Article article) {
        String seller = api.token(SELLER, "seller");
        JsonObject product = find("/products?sellerId=" + SELLER, "title", article.title())
                .orElseGet(() -> api.call(
                        "POST",
                        "/products",
                        seller,
                        JsonObject.of(
                                "title", article.title(),
                                "county", article.county(),
                                "listPrice", money(article.listPrice()),
                                "commissionBasisPoints", 2000)));
        String id = product.getString("productId");
        JsonObject delivery = JsonObject.of("adjustmentId", "demo-first-delivery-" + id, "delta", article.stock());
        api.call("POST", "/products/" + id + "/stock-adjustments", seller, delivery);
        return id;
    }

    /** @return the session's id */
    private String liveSession(String creator) {
        Optional<JsonObject> live = find("/sessions?status=LIVE", "title", SESSION_TITLE);
        if (live.isPresent()) {
            return live.get().getString("sessionId");
        }
        String id = api.call("POST", "/sessions", creator, JsonObject.of("title", SESSION_TITLE))
                .getString("sessionId");
        api.call("POST", "/sessions/" + id + "/start", creator, null);
        return id;
    }

    /** @return the offers' ids in the products' order, all open */
    private List<String> openOffers(String creator, String session, List<String> products) {
        return products.stream()
                .map(product -> openOffer(creator, session, product, ARTICLES.get(products.indexOf(product))))
                .toList();
    }

    private String openOffer(String creator, String session, String product, Article article) {
        JsonObject terms = JsonObject.of(
                "productId",
                product,
                "price",
                money(article.price()),
                "allotment",
                article.allotment(),
                "perBuyerLimit",
                2);
        JsonObject offer = api.get("/sessions/" + session).getJsonArray("offers", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(made -> product.equals(made.getString("productId")))
                .findFirst()
                .orElseGet(() -> api.call("POST", "/sessions/" + session + "/offers", creator, terms));
        String id = offer.getString("offerId");
        if (!"OPEN".equals(offer.getString("status"))) {
            api.call("POST", "/offers/" + id + "/open", creator, null);
        }
        return id;
    }

    private Optional<JsonObject> find(String list, String field, String value) {
        return api.get(list).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(item -> value.equals(item.getString(field)))
                .findFirst();
    }

    private static JsonObject money(long amount) {
        return JsonObject.of("amount", amount, "currency", CURRENCY);
    }
}
