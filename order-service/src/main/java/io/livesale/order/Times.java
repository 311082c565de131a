package io.livesale.order;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Times as RFC 3339 text and back. In a spike many orders share a millisecond, and formatting or parsing a time costs as
 * much as the rest of an order's JSON; so the latest of them are kept, a few dozen.
 */
final class Times {
    private static final int KEPT = 64;

    private record Kept(Instant time, String text) {}

    private static final AtomicReferenceArray<@Nullable Kept> FORMATTED = new AtomicReferenceArray<>(KEPT);
    private static final AtomicReferenceArray<@Nullable Kept> PARSED = new AtomicReferenceArray<>(KEPT);

    private Times() {}

    static String format(Instant time) {
        int slot = Math.floorMod(time.hashCode(), KEPT);
        Kept kept = FORMATTED.get(slot);
        if (kept == null || !kept.time.equals(time)) {
            kept = new Kept(time, time.toString());
            FORMATTED.set(slot, kept);
        }
        return kept.text;
    }

    /** Throws {@link DateTimeException} when the text is no time. */
    static Instant parse(String text) {
        int slot = Math.floorMod(text.hashCode(), KEPT);
        Kept kept = PARSED.get(slot);
        if (kept == null || !kept.text.equals(text)) {
            kept = new Kept(Instant.parse(text), text);
            PARSED.set(slot, kept);
        }
        return kept.time;
    }

    static SimpleModule module() {
        return new SimpleModule("times").addSerializer(new Writer()).addDeserializer(Instant.class, new Reader());
    }

    private static final class Writer extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        private Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(format(time));
        }
    }

    private static final class Reader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        private Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, in);
            }
            try {
                return parse(in.getText());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, in.getText(), "not a time");
            }
        }
    }
}
