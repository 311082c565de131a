package io.livesale.e2e;

import io.livesale.e2e.ApiDocument.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values for an operation: such as its document asks for, and such as nobody should send. */
final class FuzzInput {
    private static final String DEEP = "[".repeat(3000) + "]".repeat(3000);

    /** As JSON. Tests share the system: no value here is the name of something that others look at. */
    private static final List<String> WRONG_VALUES = list("""
            null   true   0   -1   1.5   1e400   -1e-400   99999999999999999999999999   -9223372036854775809
            9223372036854775807   2147483648   ""   " "   "1"   "\\u0000"   "\\ud800"   "a\\u0000b"   "\\u202efuzz"
            "\uD83C\uDF44"   []   {}   [null]   {"a":{}}   NaN   -   "2026-99-99T00:00:00Z"
            "+999999999-12-31T23:59:59Z"   "9999-12-31T23:59:59.999999999Z"   "-0001-01-01T00:00:00Z"
            "0000-01-01T00:00:00Z"   "00000000-0000-0000-0000-000000000000"   "javascript:alert(1)"   "http://[::1"
            "../../etc/passwd"   "<script>"   "XXX"   "\u001f"   {"amount":9223372036854775807,"currency":"CNY"}
            {"amount":-1,"currency":"JPY"}   {"amount":1,"currency":""}   ["a","a"]   'x'   "\\x"   1 2   /**/1""", "\"" + "x".repeat(9000) + "\"", DEEP);

    /** As they are written in a query or a path. */
    private static final List<String> WRONG_TEXTS = list("""
            %00   %20   -1   0   1e9   99999999999999999999   2147483648   null   %F0%9F%8D%84   %E2%80%AE   zzz
            00000000-0000-0000-0000-000000000000   1.5   %22   '   %0D%0A   2026-13-45   2026-13   %2B999999999-01-01
            9999-12-31T23:59:59Z   -999999999-01-01T00:00:00Z   true   []   a,b   *""", "x".repeat(300), "");

    private final Random random;
    /** What exists, by the field or the beginning of the path that asks for it. */
    private final Map<String, String> known;

    FuzzInput(Random random, Map<String, String> known) {
        this.random = random;
        this.known = known;
    }

    /** Each on its line, or three spaces from the next; and more. */
    static List<String> list(String block, String... more) {
        return Stream.concat(Stream.of(block.strip().split(" {3}|\n")), Stream.of(more))
                .toList();
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String wrongValue() {
        return any(WRONG_VALUES);
    }

    String wrongText() {
        return any(WRONG_TEXTS);
    }

    /** The path and query, with parameters as they should be, or not. */
    String target(Operation operation, boolean broken) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonObject parameter : operation.parameters()) {
            String name = parameter.getString("name");
            JsonObject schema = parameter.getJsonObject("schema", new JsonObject());
            if (parameter.getString("in").equals("path")) {
                String value = broken && chance(50) ? wrongText() : pathValue(operation, schema);
                value = value.isEmpty() ? "%20" : value; // An empty one would make it another operation's path.
                path = path.replace("{" + name + "}", value);
            } else if (parameter.getString("in").equals("query") && chance(broken ? 60 : 30)) {
                String value = broken && chance(60) ? wrongText() : encode(text(value(operation, name, schema)));
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        return path + query;
    }

    private String pathValue(Operation operation, JsonObject schema) {
        String first = operation.path().split("/")[1];
        return chance(80) && known.containsKey(first)
                ? known.get(first)
                : encode(text(value(operation, first, schema)));
    }

    private static String text(String json) {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A body as asked for, field by field as JSON; empty when no object is asked for. */
    Map<String, String> fields(Operation operation) {
        JsonObject schema = operation.document().resolve(operation.bodySchema());
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        Map<String, String> fields = new LinkedHashMap<>();
        schema.getJsonObject("properties", new JsonObject()).forEach(property -> {
            if (required.contains(property.getKey()) || chance(50)) {
                fields.put(property.getKey(), value(operation, property.getKey(), (JsonObject) property.getValue()));
            }
        });
        return fields;
    }

    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String value(Operation operation, String name, JsonObject asked) {
        if (known.containsKey(name)) {
            return "\"" + known.get(name) + "\"";
        }
        JsonObject schema = operation.document().resolve(asked);
        if (schema.containsKey("enum")) {
            return "\"" + any(schema.getJsonArray("enum").stream().toList()) + "\"";
        }
        return switch (String.valueOf(schema.getValue("type"))) {
            case "integer" -> Integer.toString(1 + random.nextInt(5));
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "array" -> "[" + value(operation, name, schema.getJsonObject("items", new JsonObject())) + "]";
            case "object" ->
                object(schema.getJsonObject("properties", new JsonObject()).stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                property -> value(operation, property.getKey(), (JsonObject) property.getValue()))));
            default -> "\"" + word(name, schema.getString("format", "")) + "\"";
        };
    }

    private String word(String name, String format) {
        return switch (format) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> "2026-11-01T00:00:00Z";
            case "uri" -> "https://example.org/" + random.nextInt(9);
            default -> name.equals("currency") ? "CNY" : name.equals("month") ? "2026-11" : "fuzz" + random.nextInt(9);
        };
    }
}
