package io.livesale.payout;

/** A field of the request is wrong for a reason only a rule or the database knows; answered like any violation. */
public final class InvalidField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field its path in the request, {@code shipTo.phone}
     * @param message what it must be, to be read after the field's name
     */
    public InvalidField(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
