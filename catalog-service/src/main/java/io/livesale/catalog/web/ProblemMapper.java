package io.livesale.catalog.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Problem;
import io.livesale.catalog.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every failure as {@code application/problem+json} (RFC 9457), without class names or stack traces. */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    static final String PROBLEM_JSON = "application/problem+json";

    private final Methods methods;

    ProblemMapper(Methods methods) {
        this.methods = methods;
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Body(String type, String title, int status, String detail, String code, List<Violation> violations) {}

    /** One wrong field, by its path in the request: {@code shipTo.phone}. */
    record Violation(String field, String message) {}

    @ServerExceptionMapper
    RestResponse<Body> refused(ProblemException failure) {
        ResponseBuilder<Body> answer =
                builder(failure.problem(), failure.getMessage(), List.of(), failure.retryAfter());
        if (failure.problem() == Problem.UNAUTHENTICATED) {
            // Tokens are asked for before anything of ours is called; what it may miss then is a webhook's signature.
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Standard-Webhooks");
        }
        return answer.build();
    }

    @ServerExceptionMapper
    RestResponse<Body> invalid(InvalidField failure) {
        String detail = failure.field() + " " + failure.getMessage() + ".";
        Violation violation = new Violation(failure.field(), failure.getMessage());
        return answer(Problem.INVALID_REQUEST, detail, List.of(violation));
    }

    @ServerExceptionMapper
    RestResponse<Body> invalid(ConstraintViolationException failure) {
        return answer(
                Problem.INVALID_REQUEST,
                "Some fields are not valid.",
                failure.getConstraintViolations().stream()
                        .map(ProblemMapper::violation)
                        .sorted(Comparator.comparing(Violation::field))
                        .toList());
    }

    @ServerExceptionMapper
    RestResponse<Body> unreadable(JacksonException failure) {
        return unreadableJson(failure);
    }

    @ServerExceptionMapper
    RestResponse<Body> unreadable(MismatchedInputException failure) {
        return unreadableJson(failure);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    RestResponse<Body> unauthenticated(SecurityException failure) {
        return builder(Problem.UNAUTHENTICATED, "Send a valid token: Authorization: Bearer …", List.of())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Body> forbidden(ForbiddenException failure) {
        return answer(Problem.FORBIDDEN, "Your token's roles do not allow this call.", List.of());
    }

    @ServerExceptionMapper
    RestResponse<Body> unknown(NotFoundException failure, RoutingContext request) {
        return misdirected(request);
    }

    @ServerExceptionMapper
    RestResponse<Body> unknown(NotAllowedException failure, RoutingContext request) {
        return misdirected(request);
    }

    /** Nothing is at this path, or not for this method. */
    private RestResponse<Body> misdirected(RoutingContext request) {
        Set<String> allowed = methods.of(request.normalizedPath());
        if (allowed.isEmpty() || allowed.contains(request.request().method().name())) {
            return answer(Problem.NOT_FOUND, Problem.NOT_FOUND.title() + ".", List.of());
        }
        String all = String.join(", ", allowed);
        return builder(Problem.METHOD_NOT_ALLOWED, "Taken here: " + all + ".", List.of())
                .header(HttpHeaders.ALLOW, all)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<Body> protocol(WebApplicationException failure) {
        if (failure.getCause() instanceof JacksonException json) {
            return unreadableJson(json);
        }
        int status = failure.getResponse().getStatus();
        return ofStatus(status)
                .map(problem -> answer(problem, problem.title() + ".", List.of()))
                .orElseGet(() -> status >= 400 && status < 500
                        ? answer(Problem.INVALID_REQUEST, "The request cannot be answered.", List.of())
                        : unexpected(failure));
    }

    @ServerExceptionMapper
    RestResponse<Body> unexpected(Throwable failure) {
        if (DatabaseOutage.caused(failure)) {
            LOG.warnf("request refused reason=%s", failure);
            return answer(Problem.UNAVAILABLE, "The database does not answer; try again shortly.", List.of());
        }
        LOG.error("request failed", failure);
        return answer(Problem.INTERNAL_ERROR, "The failure is logged; try again later.", List.of());
    }

    /** What is refused with this status for no reason of ours. */
    static Optional<Problem> ofStatus(int status) {
        return Stream.of(Problem.values())
                .filter(problem -> problem.status() == status)
                .findFirst();
    }

    private static RestResponse<Body> unreadableJson(JacksonException failure) {
        String field = failure instanceof JsonMappingException mapping ? fieldPath(mapping) : "";
        if (field.isEmpty()) {
            return answer(Problem.INVALID_REQUEST, "The body is not the JSON expected here.", List.of());
        }
        String message = explain(failure);
        return answer(Problem.INVALID_REQUEST, field + " " + message + ".", List.of(new Violation(field, message)));
    }

    private static String explain(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "is not a known field";
        }
        if (failure.getCause() instanceof JsonParseException) {
            return "is not valid JSON";
        }
        return failure instanceof InvalidFormatException value
                ? isNone(value.getTargetType())
                : "has a value of the wrong type";
    }

    /** Of the right JSON type, and yet none of these. */
    private static String isNone(Class<?> wanted) {
        return wanted.isEnum()
                ? "must be one of "
                        + Stream.of(wanted.getEnumConstants())
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))
                : "is not valid";
    }

    private static String fieldPath(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** The first two steps of a violation's path are the Java method and parameter; nobody outside knows them. */
    private static Violation violation(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.CONTAINER_ELEMENT)
                .toList();
        String inBody = nodes.stream().skip(1).map(Path.Node::toString).collect(Collectors.joining("."));
        boolean parameter = inBody.isEmpty() && !nodes.isEmpty();
        return new Violation(parameter ? nodes.get(0).toString() : inBody, violation.getMessage());
    }

    private static RestResponse<Body> answer(Problem problem, String detail, List<Violation> violations) {
        return builder(problem, detail, violations).build();
    }

    private static ResponseBuilder<Body> builder(Problem problem, String detail, List<Violation> violations) {
        return builder(problem, detail, violations, ProblemException.SHORTLY);
    }

    private static ResponseBuilder<Body> builder(
            Problem problem, String detail, List<Violation> violations, Duration retryAfter) {
        Body body = new Body(problem.type(), problem.title(), problem.status(), detail, problem.name(), violations);
        ResponseBuilder<Body> answer =
                ResponseBuilder.<Body>create(problem.status()).entity(body).type(PROBLEM_JSON);
        return problem.isTransient() ? answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds()) : answer;
    }
}
