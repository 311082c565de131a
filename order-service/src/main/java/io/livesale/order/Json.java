package io.livesale.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events and commands as JSON: absent rather than null, times in RFC 3339, and unknown fields ignored on reading. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(Times.module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static byte[] writeBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Throws {@link UnreadableRecordException} when the bytes are not that type's JSON. */
    public static <T> T read(byte @Nullable [] json, Class<T> type) {
        if (json == null) {
            throw new UnreadableRecordException("no data");
        }
        try {
            return present(MAPPER.readValue(json, type));
        } catch (JacksonException e) {
            throw new UnreadableRecordException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
        } catch (IOException | NullPointerException e) {
            throw new UnreadableRecordException("not a " + type.getSimpleName() + ": " + e.getMessage());
        }
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value, "null");
    }

    /** Throws {@link UnreadableRecordException} when the text is not that type's JSON. */
    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
