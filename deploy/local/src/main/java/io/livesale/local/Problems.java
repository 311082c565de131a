package io.livesale.local;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/** Errors of the launcher's own endpoints and of the gateway, in the services' form (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    /** What the services refuse as well is titled as they title it; all other titles are the code in words. */
    private static final Map<String, String> TITLES = Map.of(
            "INVALID_REQUEST", "The request is not valid",
            "UNAUTHENTICATED", "Valid credentials are needed",
            "NOT_FOUND", "There is nothing here for you",
            "METHOD_NOT_ALLOWED", "This method is not allowed here",
            "PAYLOAD_TOO_LARGE", "The request body is too large",
            "URI_TOO_LONG", "The address asked for is too long",
            "HEADERS_TOO_LARGE", "The headers of the request are too large",
            "IDEMPOTENCY_KEY_REUSED", "This key came with another request before");

    private static final Map<Integer, String> CODES = Map.of(
            400, "INVALID_REQUEST",
            404, "NOT_FOUND",
            405, "METHOD_NOT_ALLOWED",
            413, "PAYLOAD_TOO_LARGE",
            414, "URI_TOO_LONG",
            431, "HEADERS_TOO_LARGE");

    private Problems() {}

    /** What an error of the server below is called. */
    static String code(int status) {
        return CODES.getOrDefault(status, "NOT_TAKEN");
    }

    /** @param code SCREAMING_SNAKE; the type is derived from it as the services do */
    static JsonObject body(int status, String code, String detail) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return new JsonObject()
                .put("type", "/problems/" + words.replace(' ', '-'))
                .put("title", TITLES.getOrDefault(code, Character.toUpperCase(words.charAt(0)) + words.substring(1)))
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
    }

    static void answer(HttpServerResponse response, int status, String code, String detail) {
        response.setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(body(status, code, detail).toBuffer());
    }
}
