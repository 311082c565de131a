package io.livesale.order;

import java.util.Locale;

/** Every way a request can be refused, by its stable {@code code}. The HTTP status goes with the code. */
public enum Problem {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "Valid credentials are needed"),
    FORBIDDEN(403, "Your role may not do this"),
    NOT_FOUND(404, "There is nothing here for you"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be answered"),
    PAYLOAD_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The address asked for is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type cannot be read here"),
    HEADERS_TOO_LARGE(431, "The headers of the request are too large"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "The service cannot answer just now"),

    OFFER_UNKNOWN(404, "This offer never opened"),
    SOLD_OUT(409, "Everything is sold or reserved"),
    OFFER_CLOSED(409, "The offer is closed"),
    ORDER_NOT_PAYABLE(409, "The order cannot be paid now"),
    ORDER_NOT_CANCELLABLE(409, "The order cannot be cancelled now"),
    ORDER_NOT_SHIPPABLE(409, "The order cannot be shipped now"),
    ORDER_NOT_DELIVERABLE(409, "The order is not on its way"),
    ORDER_NOT_CONFIRMABLE(409, "There is no receipt to confirm"),
    ORDER_NOT_REFUNDABLE(409, "The order has nothing to give back"),
    REFUND_TOO_LARGE(409, "The refund is more than what is left"),
    IDEMPOTENCY_KEY_REUSED(422, "This key came with another request before"),
    TOO_MANY_ORDERS(429, "You ask for more than anyone can at once"),
    INTAKE_UNAVAILABLE(503, "Not recorded as far as is known; repeating it does no harm"),
    PAYMENT_MISMATCH(422, "The payment is not this order's"),
    PAYMENT_PROVIDER_UNAVAILABLE(503, "The payment provider does not answer; try again");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may succeed shortly. */
    public boolean isTransient() {
        return status == 429 || status == 503;
    }

    public String title() {
        return title;
    }

    /** The RFC 9457 {@code type}: a relative reference, {@code /problems/sold-out}. */
    public String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The exception that ends a request with this problem. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail, ProblemException.SHORTLY);
    }
}
