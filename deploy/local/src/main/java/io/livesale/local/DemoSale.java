package io.livesale.local;

import io.livesale.local.DemoGoods.Article;
import io.livesale.local.DemoGoods.County;
import io.livesale.local.DemoGoods.Gift;
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
 * streamer, a co-operative's goods, and a live session with its mushroom paste pinned, its tea until tomorrow, and gifts.
 */
final class DemoSale {
    static final String CREATOR = "demo-creator";
    static final String SELLER = "demo-cooperative";
    static final String OPERATOR = "demo-operator";

    private static final String SESSION_TITLE = "Mountain goods, live from Zhashui";
    private static final String CURRENCY = "CNY";

    private final Api api;
    private final String origin;
    private final Clock clock;

    /** @param origin where the clip and the pictures are */
    DemoSale(Api api, String origin, Clock clock) {
        this.api = api;
        this.origin = origin;
        this.clock = clock;
    }

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
        List<String> products = DemoGoods.ARTICLES.stream().map(this::stocked).toList();
        String session = liveSession(creator);
        List<String> offers = openOffers(creator, session, products);
        DemoGoods.GIFTS.forEach(gift -> openOffer(creator, session, "title", gift.title(), terms(gift)));
        api.call("PUT", "/sessions/" + session + "/pin", creator, JsonObject.of("offerId", offers.get(0)));
        api.awaitOnSale(offers.get(0));
        return new Made(session, offers.get(0));
    }

    private void designateCounties() {
        String operator = api.token(OPERATOR, "operator");
        JsonArray codes = new JsonArray();
        for (County county : DemoGoods.COUNTIES) {
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
        String operator = api.token(OPERATOR, "operator");
        api.call(
                "PUT",
                "/creators/me",
                creator,
                JsonObject.of("displayName", "Xiaomei of Zhashui", "homeCounty", "611026"));
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
                                "imageUrl", origin + "/dev/pictures/" + article.picture() + ".svg",
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
        JsonObject session = JsonObject.of("title", SESSION_TITLE, "streamUrl", origin + "/dev/clip/stream.m3u8");
        String id = api.call("POST", "/sessions", creator, session).getString("sessionId");
        api.call("POST", "/sessions/" + id + "/start", creator, null);
        return id;
    }

    /** @return the offers' ids in the products' order, all open */
    private List<String> openOffers(String creator, String session, List<String> products) {
        return products.stream()
                .map(product -> openOffer(
                        creator,
                        session,
                        "productId",
                        product,
                        terms(product, DemoGoods.ARTICLES.get(products.indexOf(product)))))
                .toList();
    }

    private JsonObject terms(String product, Article article) {
        JsonObject terms = JsonObject.of(
                "productId",
                product,
                "price",
                money(article.price()),
                "allotment",
                article.allotment(),
                "perBuyerLimit",
                2);
        return article.forADay()
                ? terms.put("closesAt", clock.instant().plus(1, ChronoUnit.DAYS).toString())
                : terms;
    }

    private static JsonObject terms(Gift gift) {
        return JsonObject.of("kind", "GIFT", "title", gift.title(), "price", money(gift.price()));
    }

    /**
     * Makes the offer unless the session has one with this value in this field, and opens it.
     *
     * @return its id
     */
    private String openOffer(String creator, String session, String field, String value, JsonObject terms) {
        JsonObject offer = api.get("/sessions/" + session).getJsonArray("offers", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .filter(made -> value.equals(made.getString(field)))
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
