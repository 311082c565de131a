package io.livesale.e2e.faults;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Buys one unit at one replica, to see whether it has heard of the offer, decides, and hears of the outcome. */
final class Newcomer {
    private final Client client;
    private int orders;

    Newcomer(Client client) {
        this.client = client;
    }

    boolean isServed(String origin, String offerId) throws InterruptedException {
        String key = "v" + orders++;
        JsonObject order = JsonObject.of("offerId", offerId, "quantity", 1);
        Map<String, String> headers = Map.of("Idempotency-Key", key, "Prefer", "wait=4");
        String status = client.at(origin)
                .ask("place", Buyer.orderId(client.who(), key), "POST", "/orders", headers, order)
                .json()
                .getString("status", "");
        return status.equals("RESERVED");
    }
}
