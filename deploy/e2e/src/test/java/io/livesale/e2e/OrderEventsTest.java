package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OrderEventsTest {
    @Test
    void findsNothingWrongWithEqualCopies() {
        OrderEvents events = OrderEvents.of(Stream.of(reserved("1", "{}"), reserved("1", "{}"), reserved("2", "{}")));

        assertEquals(List.of(), events.unequal());
        assertEquals(Map.of("1", 1L, "2", 1L), events.outcomes());
        assertEquals(2, events.count("order.reserved"));
    }

    @Test
    void findsCopiesThatDifferInTheirValue() {
        OrderEvents events = OrderEvents.of(Stream.of(reserved("1", "{}"), reserved("1", "{ }")));

        assertEquals(List.of("1.1"), events.unequal());
    }

    @Test
    void findsCopiesThatDifferInAHeader() {
        OrderEvents events = OrderEvents.of(
                Stream.of(record("1", "1.1", "order.reserved", "{}"), record("1", "1.1", "order.rejected", "{}")));

        assertEquals(List.of("1.1"), events.unequal());
    }

    @Test
    void findsAnOrderWithTwoOutcomes() {
        OrderEvents events = OrderEvents.of(Stream.of(reserved("1", "{}"), record("1", "1.2", "order.rejected", "{}")));

        assertEquals(Map.of("1", 2L), events.outcomes());
    }

    private static ConsumerRecord<String, byte[]> reserved(String order, String value) {
        return record(order, order + ".1", "order.reserved", value);
    }

    private static ConsumerRecord<String, byte[]> record(String order, String id, String type, String value) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("orders.v1", 0, 0, order, bytes(value));
        record.headers().add("ce_id", bytes(id)).add("ce_type", bytes(type));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
