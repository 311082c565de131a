package io.livesale.payout.posting;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.livesale.payout.OrderEvent;
import io.livesale.payout.OrderPaid;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records in CloudEvents 1.0 binary mode. Unknown fields and types pass, so that order-service may add to its
 * events; a known field with a value of another type does not: money is not guessed.
 */
@ApplicationScoped
class OrderEventReader {
    private final Map<String, ObjectReader> types;

    OrderEventReader(ObjectMapper mapper) {
        ObjectReader json = mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        types = Map.of(
                "order.paid", json.forType(OrderPaid.class),
                "order.refunded", json.forType(OrderEvent.Refunded.class),
                "order.delivered", json.forType(OrderEvent.Delivered.class),
                "order.completed", json.forType(OrderEvent.Completed.class));
    }

    Reading read(ConsumerRecord<byte[], byte[]> source) {
        String type = header(source, "ce_type");
        String id = header(source, "ce_id");
        if (type.isEmpty() || id.isEmpty()) {
            return new Reading.Unreadable(source, "ce_type or ce_id is missing");
        }
        ObjectReader json = types.get(type);
        return json == null ? new Reading.Skipped() : readData(source, id, json);
    }

    private static Reading readData(ConsumerRecord<byte[], byte[]> source, String id, ObjectReader json) {
        if (source.value() == null) {
            return new Reading.Unreadable(source, "data is missing");
        }
        try {
            OrderEvent event = json.readValue(source.value());
            return event == null ? new Reading.Unreadable(source, "data is null") : new Reading.Told(source, id, event);
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
