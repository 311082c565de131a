package io.livesale.payout;

import java.time.Duration;
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

    TOO_MANY_CHANGES(429, "This was changed too often of late"),
    PAYOUT_NOT_HOLDABLE(409, "The payout cannot be held any more"),
    PAYOUT_NOT_HELD(409, "The payout is not held"),
    PAYOUT_ACCOUNT_CHANGED(409, "The payee has another account now"),
    STILL_PAYING(409, "Money is being paid out"),
    PAYEE_OWES(409, "The payee owes more than is available"),
    PAYOUT_CONTRADICTED(409, "The provider says something else"),
    REPORT_TOO_LARGE(422, "The report takes too long");

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

    /** The same for a problem that takes a while to pass. */
    public ProblemException because(String detail, Duration retryAfter) {
        return new ProblemException(this, detail, retryAfter);
    }
}
