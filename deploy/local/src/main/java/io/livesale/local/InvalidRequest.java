package io.livesale.local;

/** A request to one of the launcher's own endpoints that makes no sense, with what to change. */
final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidRequest(String detail) {
        super(detail);
    }
}
