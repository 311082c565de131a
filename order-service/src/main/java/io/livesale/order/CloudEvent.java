package io.livesale.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record in CloudEvents 1.0 binary mode: attributes as {@code ce_} headers, the data as the value (Kafka protocol
 * binding, section 3.2).
 *
 * @param id the same for every copy of the event
 * @param data JSON
 * @param traceparent the trace it belongs to, as W3C Trace Context writes it; absent where there is none
 */
public record CloudEvent(
        String topic,
        String key,
        String id,
        String type,
        Instant time,
        byte[] data,
        @Nullable String traceparent) {
    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header SOURCE = header("ce_source", "/order-service");
    private static final Header CONTENT_TYPE = header("content-type", "application/json");

    public ProducerRecord<String, byte[]> toRecord() {
        List<Header> headers = new ArrayList<>(8);
        headers.add(SPEC_VERSION);
        headers.add(SOURCE);
        headers.add(CONTENT_TYPE);
        if (traceparent != null) {
            headers.add(header("traceparent", traceparent));
        }
        headers.add(header("ce_id", id));
        headers.add(header("ce_time", Times.format(time)));
        headers.add(header("ce_subject", key));
        // Last, where readers that look for the last header of a name look first.
        headers.add(header("ce_type", type));
        return new ProducerRecord<>(topic, null, key, data, headers);
    }

    /** The type of a received record; throws {@link UnreadableRecordException} when it names none. */
    public static String typeOf(Headers headers) {
        Header type = headers.lastHeader("ce_type");
        if (type == null || type.value() == null) {
            throw new UnreadableRecordException("no ce_type header");
        }
        return new String(type.value(), StandardCharsets.UTF_8);
    }

    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
