package io.livesale.local;

import org.jspecify.annotations.Nullable;

/** One press of "buy" and what became of it. Used on one event loop only. */
final class Press {
    final Viewer viewer;
    final String key;

    private long pressedAt;
    private long acceptedAt;
    private long decidedAt;
    private @Nullable String orderId;
    private @Nullable String location;
    private @Nullable String status;
    private @Nullable String reason;
    private int outcomes;

    /** A simulated viewer, signed in. */
    record Viewer(String name, String token) {}

    Press(Viewer viewer, String key) {
        this.viewer = viewer;
        this.key = key;
    }

    void pressed() {
        pressedAt = System.nanoTime();
    }

    void accepted(String orderId, String location) {
        acceptedAt = System.nanoTime();
        this.orderId = orderId;
        this.location = location;
    }

    /** @param outcomes how many outcomes its timeline shows; exactly one is right */
    void decided(String status, @Nullable String reason, int outcomes) {
        if (decidedAt == 0) {
            decidedAt = System.nanoTime();
        }
        this.status = status;
        this.reason = reason;
        this.outcomes = outcomes;
    }

    boolean isAccepted() {
        return orderId != null;
    }

    boolean isDecided() {
        return status != null;
    }

    /** Whether units were given to it; it may have been paid since. */
    boolean isReserved() {
        return isDecided() && !"REJECTED".equals(status);
    }

    boolean isPaid() {
        return "PAID".equals(status);
    }

    boolean hasOneOutcome() {
        return outcomes == 1;
    }

    String orderId() {
        return required(orderId);
    }

    /** Where its outcome is to be read. */
    String location() {
        return required(location);
    }

    String reason() {
        return reason == null ? "UNKNOWN" : reason;
    }

    double acceptMillis() {
        return (acceptedAt - pressedAt) / 1e6;
    }

    double decideMillis() {
        return (decidedAt - pressedAt) / 1e6;
    }

    private static String required(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("not accepted");
        }
        return value;
    }
}
