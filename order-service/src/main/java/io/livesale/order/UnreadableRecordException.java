package io.livesale.order;

/** A record of a topic is not what its topic holds: it goes to the dead letters with this message as the reason. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
