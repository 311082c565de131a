package io.livesale.payout.posting;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.livesale.payout.OrderPaid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records in CloudEvents 1.0 binary mode. Unknown fields and types pass, so that order-service may add to its
 * events; a known field with a value of another type does not: money is not guessed.
 */
final class OrderEventReader {
    private static final String PAID = "order.paid";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(Instant.class, new Time()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private OrderEventReader() {}

    /** RFC 3339 text; Jackson's own module would take a number of seconds for a time as well. */
    private static final class Time extends FromStringDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Time() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            return Instant.parse(text);
        }
    }

    static Reading read(ConsumerRecord<byte[], byte[]> source) {
        String type = header(source, "ce_type");
        String id = header(source, "ce_id");
        if (type.isEmpty() || id.isEmpty()) {
            return new Reading.Unreadable(source, "ce_type or ce_id is missing");
        }
        return type.equals(PAID) ? readPaid(source, id) : new Reading.Skipped();
    }

    private static Reading readPaid(ConsumerRecord<byte[], byte[]> source, String id) {
        if (source.value() == null) {
            return new Reading.Unreadable(source, "data is missing");
        }
        try {
            OrderPaid order = JSON.readValue(source.value(), OrderPaid.class);
            return order == null ? new Reading.Unreadable(source, "data is null") : new Reading.Paid(source, id, order);
        } catch (ValueInstantiationException e) {
            return new Reading.Unreadable(source, String.valueOf(e.getCause().getMessage()));
        } catch (JacksonException e) {
            return new Reading.Unreadable(source, e.getOriginalMessage());
        } catch (IOException e) {
            return new Reading.Unreadable(source, String.valueOf(e.getMessage()));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> source, String name) {
        Header header = source.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
