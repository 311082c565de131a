package io.livesale.local;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decided order as its viewer last saw it.
 *
 * @param decisions how many its timeline shows; exactly one is right
 * @param payBy the units are held until then; absent when none were
 */
record Outcome(
        String status,
        String reason,
        int decisions,
        @Nullable Instant payBy) {
    private static final Set<String> DECISIONS = Set.of("order.reserved", "order.rejected");
    private static final Set<String> HOLDING_NOTHING = Set.of("REJECTED", "EXPIRED", "CANCELLED", "REFUNDED");

    /** Empty while the order is in the log. */
    static Optional<Outcome> of(JsonObject order) {
        String status = order.getString("status", "RECEIVED");
        return status.equals("RECEIVED")
                ? Optional.empty()
                : Optional.of(new Outcome(
                        status, order.getString("reason", "UNKNOWN"), decisions(order), order.getInstant("payBy")));
    }

    private static int decisions(JsonObject order) {
        return (int) order.getJsonArray("timeline", new JsonArray()).stream()
                .filter(entry -> entry instanceof JsonObject event && DECISIONS.contains(event.getString("type")))
                .count();
    }

    /** Whether units were given to it; it may have lost them since. */
    boolean isReserved() {
        return !status.equals("REJECTED");
    }

    boolean holdsUnits() {
        return !HOLDING_NOTHING.contains(status);
    }

    boolean isPaid() {
        return status.equals("PAID");
    }

    /** Whether its units go back on sale about now, unpaid. */
    boolean runsOut(Instant now) {
        return status.equals("RESERVED") && payBy != null && !payBy.isAfter(now);
    }
}
