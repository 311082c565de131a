package io.livesale.catalog.web;

import io.livesale.catalog.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body over the limit as a problem; the server itself would refuse it without a word. */
@Singleton
final class BodyLimit {
    private static final int BEFORE_METHODS = 1_000_000;

    private final Refusals refusals;
    private final long longestBody;

    BodyLimit(Refusals refusals, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        this.refusals = refusals;
        this.longestBody = longestBody.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_METHODS);
    }

    private void check(RoutingContext request) {
        if (contentLength(request) <= longestBody) {
            request.next();
        } else {
            refuse(request, longestBody);
        }
    }

    /** Bytes announced; 0 when nothing is. */
    static long contentLength(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    void refuse(RoutingContext request, long longest) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        refusals.answer(request, Problem.PAYLOAD_TOO_LARGE, atMost(longest));
    }

    static String atMost(long longest) {
        return "At most " + longest + " bytes are read here.";
    }
}
