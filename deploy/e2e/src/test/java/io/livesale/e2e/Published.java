package io.livesale.e2e;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a service's OpenAPI document says of its operations, and how many it is silent about. */
final class Published {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final Pattern HIDDEN = Pattern.compile("@Operation\\([^)]*hidden = true");

    private Published() {}

    /** The roles that each, as in {@code GET /orders/{orderId}}, asks for; none where nothing is asked for. */
    static Map<String, Set<String>> roles(JsonObject document) {
        Map<String, Set<String>> operations = new HashMap<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (METHODS.contains(method)) {
                    operations.put(method.toUpperCase(Locale.ROOT) + " " + path, rolesOf(item.getJsonObject(method)));
                }
            }
        }
        return operations;
    }

    private static Set<String> rolesOf(JsonObject operation) {
        Set<String> roles = new TreeSet<>();
        for (Object alternative : operation.getJsonArray("security", new JsonArray())) {
            JsonObject schemes = (JsonObject) alternative;
            for (String scheme : schemes.fieldNames()) {
                JsonArray scopes = schemes.getJsonArray(scheme);
                if (scopes.isEmpty()) {
                    roles.add("anybody with a token");
                }
                scopes.forEach(scope -> roles.add((String) scope));
            }
        }
        return roles;
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
}
