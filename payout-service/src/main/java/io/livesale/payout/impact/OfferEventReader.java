package io.livesale.payout.impact;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads records in CloudEvents 1.0 binary mode; fields that a view does not ask for pass. */
@ApplicationScoped
class OfferEventReader {
    private final ObjectMapper json;

    OfferEventReader(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What a record tells; empty for an event of another type, and for the tombstone of a compacted topic.
     *
     * @param types of the events that are read as this view
     * @throws UnreadableEvent for what is no event, or none that can be true
     */
    <T> Optional<T> read(ConsumerRecord<byte[], byte[]> source, Set<String> types, Class<T> view)
            throws UnreadableEvent {
        if (source.value() == null) {
            return Optional.empty();
        }
        String type = type(source);
        if (type.isEmpty()) {
            throw new UnreadableEvent(source, "ce_type is missing");
        }
        return types.contains(type) ? Optional.of(data(source, view)) : Optional.empty();
    }

    private <T> T data(ConsumerRecord<byte[], byte[]> source, Class<T> view) throws UnreadableEvent {
        try {
            T data = json.readerFor(view)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(source.value());
            if (data == null) {
                throw new UnreadableEvent(source, "data is null");
            }
            return data;
        } catch (ValueInstantiationException e) {
            throw new UnreadableEvent(source, String.valueOf(e.getCause().getMessage()));
        } catch (JacksonException e) {
            throw new UnreadableEvent(source, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableEvent(source, String.valueOf(e.getMessage()));
        }
    }

    private static String type(ConsumerRecord<byte[], byte[]> source) {
        Header header = source.headers().lastHeader("ce_type");
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
