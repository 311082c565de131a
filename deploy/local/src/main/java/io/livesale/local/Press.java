package io.livesale.local;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One press of "buy" and what became of it. Written on one event loop, read when that rests. */
final class Press {
    final Viewer viewer;
    final String key;
    /** Whether the viewer stays on the line for the outcome. Only of these the time to it is known. */
    final boolean waits;

    private long pressedAt;
    private long acceptedAt;
    private long decidedAt;
    private boolean doubtful;
    private @Nullable String refusal;
    private @Nullable String orderId;
    private @Nullable String location;
    private @Nullable Outcome outcome;

    /** A simulated viewer, signed in. */
    record Viewer(String name, String token) {}

    Press(Viewer viewer, String key, boolean waits) {
        this.viewer = viewer;
        this.key = key;
        this.waits = waits;
    }

    /** Only the first time counts. */
    void pressed() {
        pressedAt = pressedAt == 0 ? System.nanoTime() : pressedAt;
    }

    /** @param location where its outcome is to be read */
    void accepted(String orderId, String location) {
        acceptedAt = System.nanoTime();
        this.orderId = orderId;
        this.location = location;
    }

    /**
     * Turned away at the door.
     *
     * @param doubtful an answer before this one was lost, and may have been a yes
     */
    void refused(String code, boolean doubtful) {
        this.refusal = code;
        this.doubtful = doubtful;
    }

    /** Only the first time counts. */
    void heardOutcome() {
        decidedAt = decidedAt == 0 ? System.nanoTime() : decidedAt;
    }

    void saw(Outcome seen) {
        heardOutcome();
        outcome = seen;
    }

    boolean isAccepted() {
        return orderId != null;
    }

    /** Whether to press once more, with the same key, to be sure. */
    boolean isDoubtful() {
        return !isAccepted() && (doubtful || refusal == null);
    }

    /** Why it was turned away; empty when it was not, or never answered. */
    Optional<String> refusal() {
        return isAccepted() ? Optional.empty() : Optional.ofNullable(refusal);
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    String orderId() {
        return required(orderId);
    }

    String location() {
        return required(location);
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
