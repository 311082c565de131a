package io.livesale.catalog.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.catalog.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body over the limit as a problem; the server itself would refuse it without a word. Only an import may be as
 * long as the server takes.
 */
@Singleton
final class BodyLimit {
    private static final int BEFORE_EVERYTHING = 1_000_000;
    /** The server's own check has priority 2. */
    private static final int AFTER_THE_SERVER = 1;

    private static final String IMPORT = "/products/import";

    private final ObjectMapper json;
    private final long longestBody;
    private final long longestImport;

    BodyLimit(
            ObjectMapper json,
            @ConfigProperty(name = "catalog.requests.longest-body") MemorySize longestBody,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestImport) {
        this.json = json;
        this.longestBody = longestBody.asLongValue();
        this.longestImport = longestImport.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
        filters.register(this::limitUnannounced, AFTER_THE_SERVER);
    }

    private void check(RoutingContext request) {
        long limit = isImport(request) ? longestImport : longestBody;
        if (contentLength(request) <= limit) {
            request.next();
        } else {
            refuse(request, limit);
        }
    }

    /** A body of untold length is cut off while it is read: by the server at this limit, an import's by its reader. */
    private void limitUnannounced(RoutingContext request) {
        if (isImport(request)) {
            request.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
        } else {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, longestBody);
        }
        request.next();
    }

    private static boolean isImport(RoutingContext request) {
        return IMPORT.equals(request.request().path());
    }

    private static long contentLength(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void refuse(RoutingContext request, long limit) {
        Problem problem = Problem.PAYLOAD_TOO_LARGE;
        String detail = "At most " + limit + " bytes are read here.";
        ProblemMapper.Body body = new ProblemMapper.Body(
                problem.type(), problem.title(), problem.status(), detail, problem.name(), List.of());
        try {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end(json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
