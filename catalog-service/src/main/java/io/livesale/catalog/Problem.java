package io.livesale.catalog;

import java.util.Locale;

/** Every way a request can be refused, by its stable {@code code}. The HTTP status goes with the code. */
public enum Problem {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "Valid credentials are needed"),
    FORBIDDEN(403, "Your role may not do this"),
    NOT_FOUND(404, "There is nothing here for you"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be answered"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    PAYLOAD_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The address asked for is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type cannot be read here"),
    HEADERS_TOO_LARGE(431, "The headers of the request are too large"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "The service cannot answer just now"),

    SKU_TAKEN(409, "Another of your products has this sku"),
    INSUFFICIENT_STOCK(409, "There are not that many units available"),
    ADJUSTMENT_ID_REUSED(409, "This adjustmentId came with another delta before"),
    CREATOR_NOT_VERIFIED(409, "The creator is not verified"),
    SESSION_NOT_LIVE(409, "The session is not live"),
    SESSION_ENDED(409, "The session has ended"),
    TOO_MANY_OFFERS(409, "The session has all the offers it may have"),
    OFFER_CLOSED(409, "The offer is closed");

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

    /** The RFC 9457 {@code type}: a relative reference, {@code /problems/offer-closed}. */
    public String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The exception that ends a request with this problem. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail, ProblemException.SHORTLY);
    }
}
