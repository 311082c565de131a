package io.livesale.order.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.order.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body over the limit as a problem; the server itself would refuse it without a word. */
@Singleton
final class BodyLimit {
    private static final int BEFORE_EVERYTHING = 1_000_000;

    private final ObjectMapper json;
    private final long longestBody;

    BodyLimit(ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        this.json = json;
        this.longestBody = longestBody.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
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
        Problem problem = Problem.PAYLOAD_TOO_LARGE;
        String detail = "At most " + longest + " bytes are read here.";
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
