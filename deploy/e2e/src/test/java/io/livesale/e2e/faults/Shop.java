package io.livesale.e2e.faults;

import io.livesale.e2e.faults.Client.Answer;
import io.livesale.e2e.faults.Market.OnSale;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A creator who opens small offers of one seller's product, and gifts, and closes them again. */
final class Shop implements Person {
    private static final int MOST_OPEN = 4;
    /** Answers an attempt gets when the way there is broken. */
    private static final int ATTEMPTS = 40;
    /** What a session answers that has all the offers it may have, or has ended. */
    private static final int FULL_OR_OVER = 409;

    private final int number;
    private final Client creator;
    private final Client seller;
    private final Market market;
    private final Random random;
    private final Deque<String> open = new ArrayDeque<>();
    private int adjustments;
    private String session = "";
    private String product = "";

    Shop(int number, Client creator, Client seller, Market market, Random random) {
        this.number = number;
        this.creator = creator;
        this.seller = seller;
        this.market = market;
        this.random = random;
    }

    /** Before anything breaks: a product with stock, a live session, accounts for the money. */
    void prepare(Client operator, String county) throws InterruptedException {
        JsonObject profile = JsonObject.of("displayName", creator.who());
        String creatorId = creator.put("profile", creator.who(), "/creators/me", profile)
                .done()
                .getString("creatorId");
        JsonObject verified = JsonObject.of("status", "VERIFIED", "reason", "known to us");
        operator.put("verify", creatorId, "/creators/" + creatorId + "/verification", verified)
                .done();
        JsonObject article = JsonObject.of(
                        "title", "Mushroom paste " + number, "county", county, "listPrice", yuan(2590))
                .put("commissionBasisPoints", 1500 + 500 * number)
                .put("settlementProfile", number % 2 == 0 ? "EXPRESS" : "STANDARD");
        product = seller.post("list", "product", "/products", article).done().getString("productId");
        adjust("first", 100_000).done();
        goLive();
        if (session.isEmpty()) {
            throw new IllegalStateException(creator.who() + " is not live");
        }
        giveAccount(creator);
        giveAccount(seller);
    }

    private void giveAccount(Client payee) throws InterruptedException {
        JsonObject account =
                JsonObject.of("kind", "BANK", "holder", payee.who()).put("account", account(payee.who()));
        payee.put("account", payee.who(), "/payout-accounts/me", account).done();
    }

    /** Everybody's own. */
    static String account(String who) {
        return "6222%08d1".formatted(Math.abs(who.hashCode()) % 100_000_000);
    }

    @Override
    public void act() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(700));
        if (open.size() >= MOST_OPEN) {
            String offer = open.remove();
            market.closed(offer);
            insist("close", offer, "/offers/" + offer + "/close");
        }
        if (random.nextInt(4) == 0) {
            adjust("a" + adjustments++, random.nextInt(21) - 10);
        }
        boolean gift = random.nextInt(4) == 0;
        int price = gift ? 520 : 990 + 10 * random.nextInt(200);
        sell(gift ? gift(price) : offer(price)).ifPresent(offerId -> {
            open.add(offerId);
            market.opened(new OnSale(offerId, number, gift, price));
        });
    }

    /** The offer's id, once it is known to be open. */
    private synchronized Optional<String> sell(JsonObject offer) throws InterruptedException {
        Answer made = creator.post("make-offer", session, "/sessions/" + session + "/offers", offer);
        if (made.status() == FULL_OR_OVER) {
            insist("end", session, "/sessions/" + session + "/end");
            goLive();
            return Optional.empty();
        }
        String offerId = made.json().getString("offerId");
        return offerId != null
                        && insist("open", offerId, "/offers/" + offerId + "/open")
                                .isDone()
                ? Optional.of(offerId)
                : Optional.empty();
    }

    /** In another session; where there is no answer, the one before stays until somebody sells next. */
    private void goLive() throws InterruptedException {
        String next = creator.post("session", "session", "/sessions", JsonObject.of("title", "Live " + number))
                .json()
                .getString("sessionId");
        if (next != null
                && insist("start", next, "/sessions/" + next + "/start").isDone()) {
            session = next;
        }
    }

    /** Something that nobody knows of yet. */
    Optional<String> sellSomethingNew() throws InterruptedException {
        return sell(gift(1));
    }

    private JsonObject offer(int price) {
        JsonObject offer =
                JsonObject.of("productId", product, "price", yuan(price)).put("allotment", 3 + random.nextInt(25));
        if (random.nextBoolean()) {
            offer.put("perBuyerLimit", 1 + random.nextInt(4));
        }
        if (random.nextInt(4) == 0) {
            offer.put(
                    "closesAt",
                    Instant.now()
                            .plus(Duration.ofSeconds(2 + random.nextInt(15)))
                            .toString());
        }
        return offer;
    }

    private static JsonObject gift(int price) {
        return JsonObject.of("kind", "GIFT", "title", "Rose", "price", yuan(price));
    }

    /** The same id until it is known what became of it. */
    private Answer adjust(String id, int delta) throws InterruptedException {
        JsonObject adjustment = JsonObject.of("adjustmentId", id, "delta", delta == 0 ? 1 : delta);
        Answer answer = Answer.NONE;
        for (int attempt = 0; attempt < ATTEMPTS && answer.told() == Journal.Told.UNKNOWN; attempt++) {
            TimeUnit.MILLISECONDS.sleep(attempt * 50L);
            answer = seller.post(
                    "adjust", product + "/" + id, "/products/" + product + "/stock-adjustments", adjustment);
        }
        return answer;
    }

    private Answer insist(String did, String about, String path) throws InterruptedException {
        Answer answer = Answer.NONE;
        for (int attempt = 0; attempt < ATTEMPTS && answer.told() == Journal.Told.UNKNOWN; attempt++) {
            TimeUnit.MILLISECONDS.sleep(attempt * 50L);
            answer = creator.post(did, about, path, null);
        }
        return answer;
    }

    private static JsonObject yuan(int fen) {
        return JsonObject.of("amount", fen, "currency", "CNY");
    }
}
