package io.livesale.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The offer that is stormed, as it stood before.
 *
 * @param allotment units; absent for a gift
 * @param perBuyerLimit units; absent when there is none
 * @param taken units reserved or sold
 */
record SpikeTarget(String offerId, String title, OptionalInt allotment, OptionalInt perBuyerLimit, long taken) {

    /** @throws CannotStart when the offer is unknown, closed or sold out */
    static SpikeTarget named(Api api, String offerId) {
        JsonObject offer = get(api, "/offers/" + offerId, "there is no offer " + offerId);
        if (!"OPEN".equals(offer.getString("status"))) {
            throw new CannotStart("offer %s is not open but %s".formatted(offerId, offer.getString("status")));
        }
        JsonObject availability = get(api, "/availability/" + offerId, "order-service does not know the offer yet");
        if (optional(availability, "remaining").orElse(1) < 1) {
            throw new CannotStart(
                    "offer %s has nothing left, so there is nothing to test: open another with --units, or name one with --offer"
                            .formatted(offerId));
        }
        return new SpikeTarget(
                offerId,
                offer.getString("title", "a gift"),
                optional(offer, "allotment"),
                optional(offer, "perBuyerLimit"),
                availability.getLong("reserved", 0L) + availability.getLong("sold", 0L));
    }

    /** The pinned offer of the first live session that has one. */
    static SpikeTarget pinned(Api api) {
        return named(api, pinnedSession(api).getString("pinnedOfferId"));
    }

    /** Another offer like the pinned one, opened for this storm with units of its own. */
    static SpikeTarget opened(Api api, int units) {
        JsonObject session = pinnedSession(api);
        JsonObject like = get(api, "/offers/" + session.getString("pinnedOfferId"), "the pinned offer is gone");
        stock(api, like.getString("productId"), units);
        String creator = api.token(session.getString("creatorId"), "creator");
        JsonObject terms = new JsonObject().put("allotment", units);
        for (String same : List.of("productId", "price", "perBuyerLimit")) {
            terms.put(same, like.getValue(same));
        }
        String offer = api.call("POST", "/sessions/" + session.getString("sessionId") + "/offers", creator, terms)
                .getString("offerId");
        api.call("POST", "/offers/" + offer + "/open", creator, null);
        api.awaitOnSale(offer);
        return named(api, offer);
    }

    private static void stock(Api api, String product, int units) {
        String seller = api.token(
                get(api, "/products/" + product, "the product is gone").getString("sellerId"), "seller");
        JsonObject delivery = JsonObject.of("adjustmentId", "spike-" + System.currentTimeMillis(), "delta", units);
        api.call("POST", "/products/" + product + "/stock-adjustments", seller, delivery);
    }

    private static JsonObject pinnedSession(Api api) {
        return objects(get(api, "/sessions?status=LIVE", "the sessions cannot be read")
                        .getJsonArray("items"))
                .filter(session -> session.getString("pinnedOfferId") != null)
                .findFirst()
                .orElseThrow(() -> new CannotStart("no live session has a pinned offer: name one with --offer"));
    }

    private static JsonObject get(Api api, String path, String unknown) {
        try {
            return api.get(path);
        } catch (Api.Refused refusal) {
            throw new CannotStart(refusal.status() == 404 ? unknown : String.valueOf(refusal.getMessage()));
        }
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static OptionalInt optional(JsonObject object, String field) {
        Integer value = object.getInteger(field);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
