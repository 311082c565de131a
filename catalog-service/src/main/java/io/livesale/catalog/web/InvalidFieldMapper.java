package io.livesale.catalog.web;

import io.livesale.catalog.InvalidField;
import io.livesale.catalog.Problem;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a field that a rule refuses exactly as one that fails its annotations. */
final class InvalidFieldMapper {
    @ServerExceptionMapper
    RestResponse<ProblemMapper.Body> invalid(InvalidField failure) {
        Problem problem = Problem.INVALID_REQUEST;
        ProblemMapper.Body body = new ProblemMapper.Body(
                problem.type(),
                problem.title(),
                problem.status(),
                "Some fields are not valid.",
                problem.name(),
                List.of(new ProblemMapper.Violation(failure.field(), failure.getMessage())));
        return RestResponse.ResponseBuilder.<ProblemMapper.Body>create(problem.status())
                .entity(body)
                .type("application/problem+json")
                .build();
    }
}
