package io.livesale.local;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object read strictly: nothing unknown, nothing of another type. */
final class Fields {
    private final JsonObject object;

    private Fields(JsonObject object, Set<String> known) {
        this.object = object;
        for (String name : object.fieldNames()) {
            if (!known.contains(name)) {
                throw new InvalidRequest("%s is not known here; the fields are %s.".formatted(name, known));
            }
        }
    }

    /** @throws InvalidRequest as every method here does, when the body is not what it must be */
    static Fields of(@Nullable Buffer body, Set<String> known) {
        try {
            return new Fields(new JsonObject(body == null ? Buffer.buffer("null") : body), known);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new InvalidRequest("The body must be a JSON object with " + known + ".");
        }
    }

    /** Text that is not blank. */
    String text(String name, int maxLength) {
        if (object.getValue(name) instanceof String text && !text.isBlank() && text.length() <= maxLength) {
            return text;
        }
        throw new InvalidRequest("%s must be text of 1 to %d characters.".formatted(name, maxLength));
    }

    boolean has(String name) {
        return object.getValue(name) != null;
    }

    long positive(String name) {
        if (object.getValue(name) instanceof Number number
                && (number instanceof Integer || number instanceof Long)
                && number.longValue() > 0) {
            return number.longValue();
        }
        throw new InvalidRequest(name + " must be a whole number above zero.");
    }

    Fields object(String name, Set<String> known) {
        if (object.getValue(name) instanceof JsonObject inner) {
            return new Fields(inner, known);
        }
        throw new InvalidRequest("%s must be an object with %s.".formatted(name, known));
    }

    List<String> texts(String name) {
        if (object.getValue(name) instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw new InvalidRequest(name + " must be a list of texts.");
    }
}
