package io.livesale.local;

/** Why the system or the spike cannot run, in one line that tells a person what to do about it. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotStart(String message) {
        super(message);
    }
}
