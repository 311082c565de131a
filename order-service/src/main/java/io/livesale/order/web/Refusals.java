package io.livesale.order.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livesale.order.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers problems where no resource is asked: for filters of the server, and for what the server itself refuses. */
@Singleton
final class Refusals {
    /** Whatever the server would say of a failure, it says after this. */
    private static final int BEFORE_THE_SERVER = -1_000_000;

    private static final int SERVER_ERROR = 500;

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_THE_SERVER).failureHandler(this::failed);
        // Routes of the platform's own come before any filter, and their patterns cannot be held against a broken
        // escape.
        router.errorHandler(400, request -> answer(request, Problem.INVALID_REQUEST, "The path is not plain."));
    }

    /** The server fails a request without a host, or one whose target is no path, before anybody else sees it. */
    private void failed(RoutingContext request) {
        int status = request.statusCode();
        if (status < 400 || status >= SERVER_ERROR || request.response().headWritten()) {
            request.next();
        } else {
            Problem problem = ProblemMapper.ofStatus(status).orElse(Problem.INVALID_REQUEST);
            answer(request, problem, "This is no request that can be answered here.");
        }
    }

    void answer(RoutingContext request, Problem problem, String detail) {
        Measures.begin(request);
        ProblemMapper.Body body = new ProblemMapper.Body(
                problem.type(), problem.title(), problem.status(), detail, problem.name(), List.of());
        try {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.PROBLEM_JSON)
                    .end(json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
