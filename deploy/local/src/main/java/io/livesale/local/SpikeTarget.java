package io.livesale.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
                    "offer %s has nothing left, so there is nothing to test: name another with --offer, or start afresh with deploy/local/up --fresh"
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
        String offer = objects(get(api, "/sessions?status=LIVE", "the sessions cannot be read")
                        .getJsonArray("items"))
                .map(session -> session.getString("pinnedOfferId"))
                .filter(pinned -> pinned != null)
                .findFirst()
                .orElseThrow(() -> new CannotStart("no live session has a pinned offer: name one with --offer"));
        return named(api, offer);
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
