package io.livesale.benchmark;

/** Why nothing can be measured, in one line that tells a person what to do about it. */
final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotRun(String message) {
        super(message);
    }
}
