package io.livesale.local;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Errors of the launcher's own endpoints and of the gateway, in the services' form (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /** @param code SCREAMING_SNAKE; the type is derived from it as the services do */
    static JsonObject body(int status, String code, String detail) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return new JsonObject()
                .put("type", "/problems/" + words.replace(' ', '-'))
                .put("title", Character.toUpperCase(words.charAt(0)) + words.substring(1))
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
