package io.livesale.e2e;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a service says of itself at {@code /q/openapi}, and how many operations it is silent about. */
record ApiDocument(String service, int port, JsonObject json) {
    /** Beside these, a path has what all its methods share. */
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final Pattern HIDDEN = Pattern.compile("@Operation\\([^)]*hidden = true");

    static ApiDocument of(String service, int port) {
        String text = RestAssured.given()
                .get("http://localhost:" + port + "/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return new ApiDocument(service, port, new JsonObject(text));
    }

    /**
     * One method of one path.
     *
     * @param roles that may call it; none when no token is needed
     * @param statuses that it says it answers with; those in {@code own} it explains itself
     */
    record Operation(
            ApiDocument document,
            String method,
            String path,
            List<JsonObject> parameters,
            JsonObject bodySchema,
            String bodyType,
            List<String> roles,
            Set<String> statuses,
            Set<String> own) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean takesBody() {
            return !bodyType.isEmpty();
        }
    }

    List<Operation> operations() {
        return json.getJsonObject("paths").stream()
                .flatMap(path -> ((JsonObject) path.getValue())
                        .stream()
                                .filter(member -> METHODS.contains(member.getKey()))
                                .map(method -> operation(method.getKey(), path.getKey(), method)))
                .toList();
    }

    private Operation operation(String method, String path, Map.Entry<String, Object> entry) {
        JsonObject operation = (JsonObject) entry.getValue();
        JsonObject content =
                operation.getJsonObject("requestBody", new JsonObject()).getJsonObject("content", new JsonObject());
        String bodyType = content.fieldNames().stream().findFirst().orElse("");
        JsonObject responses = operation.getJsonObject("responses");
        return new Operation(
                this,
                method.toUpperCase(Locale.ROOT),
                path,
                objects(operation.getJsonArray("parameters")).toList(),
                bodyType.isEmpty()
                        ? new JsonObject()
                        : content.getJsonObject(bodyType).getJsonObject("schema", new JsonObject()),
                bodyType,
                objects(operation.getJsonArray("security"))
                        .flatMap(ApiDocument::roles)
                        .toList(),
                responses.fieldNames(),
                Set.copyOf(responses.stream()
                        .filter(response -> !((JsonObject) response.getValue()).containsKey("$ref"))
                        .map(Map.Entry::getKey)
                        .toList()));
    }

    /** Of one way to be let in. A token that need not say anything is told as such, for nothing here is meant for it. */
    private static Stream<String> roles(JsonObject schemes) {
        return schemes.stream()
                .map(scheme -> (JsonArray) scheme.getValue())
                .flatMap(roles -> roles.isEmpty() ? Stream.of("anybody with a token") : roles.stream())
                .map(Object::toString);
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array == null ? Stream.empty() : array.stream().map(JsonObject.class::cast);
    }

    /** How many operations the service's source keeps out of its document. */
    static long hidden(String service) throws IOException {
        Path sources = Path.of("..", "..", service, "src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            long hidden = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hidden += HIDDEN.matcher(Files.readString(file)).results().count();
            }
            return hidden;
        }
    }

    /** The schema itself, if this only refers to it. */
    JsonObject resolve(JsonObject schema) {
        String reference = schema.getString("$ref");
        return reference == null
                ? schema
                : json.getJsonObject("components")
                        .getJsonObject("schemas")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }
}
