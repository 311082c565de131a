package io.livesale.payout.web;

import io.livesale.payout.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Writes into the API's document what every refusal looks like, and those that any call can meet; an operation's own
 * annotations tell the codes it adds.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {
    private static final List<Problem> ANYWHERE = List.of(
            Problem.INVALID_REQUEST,
            Problem.NOT_FOUND,
            Problem.NOT_ACCEPTABLE,
            Problem.URI_TOO_LONG,
            Problem.HEADERS_TOO_LARGE,
            Problem.UNAVAILABLE);
    private static final List<Problem> WITH_A_TOKEN = List.of(Problem.UNAUTHENTICATED, Problem.FORBIDDEN);
    private static final List<Problem> WITH_A_BODY = List.of(Problem.PAYLOAD_TOO_LARGE, Problem.UNSUPPORTED_MEDIA_TYPE);

    /** What the platform writes of its own accord. */
    private static final List<String> EMPTY_WORDS = List.of("Not Authorized", "Not Allowed", "Bad Request");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSchema("Problem", problem()).addSchema("Violation", violation());
        Stream.of(ANYWHERE, WITH_A_TOKEN, WITH_A_BODY)
                .flatMap(List::stream)
                .forEach(problem -> document.getComponents().addResponse(name(problem), response(problem.title())));
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(ProblemResponses::complete);
    }

    private static void complete(Operation operation) {
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0 && response.getContent() == null) {
                response.setContent(content());
            }
        });
        boolean secured =
                operation.getSecurity() != null && !operation.getSecurity().isEmpty();
        Stream.of(
                        ANYWHERE.stream(),
                        WITH_A_TOKEN.stream().filter(problem -> secured),
                        WITH_A_BODY.stream().filter(problem -> operation.getRequestBody() != null))
                .flatMap(problems -> problems)
                .filter(problem -> isUntold(responses, problem))
                .forEach(problem -> responses.addAPIResponse(
                        Integer.toString(problem.status()),
                        OASFactory.createAPIResponse().ref("#/components/responses/" + name(problem))));
    }

    private static boolean isUntold(APIResponses responses, Problem problem) {
        APIResponse told = responses.getAPIResponse(Integer.toString(problem.status()));
        return Optional.ofNullable(told)
                .map(response -> EMPTY_WORDS.contains(response.getDescription()))
                .orElse(true);
    }

    private static String name(Problem problem) {
        return "Problem" + problem.status();
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description).content(content());
    }

    private static Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        ProblemMapper.PROBLEM_JSON,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("Why a request is refused (RFC 9457).")
                .required(List.of("type", "title", "status", "detail", "code"))
                .addProperty("type", text("One for each code: /problems/ and the code."))
                .addProperty("title", text("The same for all problems of a code."))
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text("What is wrong with this request."))
                .addProperty(
                        "code",
                        text("What a client may decide by.")
                                .enumeration(List.copyOf(Stream.of(Problem.values())
                                        .map(Problem::name)
                                        .toList())))
                .addProperty(
                        "violations",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .description("The fields that are wrong, if it is about fields.")
                                .items(OASFactory.createSchema().ref("#/components/schemas/Violation")));
    }

    private static Schema violation() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .required(List.of("field", "message"))
                .addProperty("field", text("Its path in the request: shipTo.phone"))
                .addProperty("message", text("What it must be, to be read after the field's name."));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }
}
