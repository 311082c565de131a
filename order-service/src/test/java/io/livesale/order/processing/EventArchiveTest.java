package io.livesale.order.processing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.CloudEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventArchiveTest {
    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00.123456789Z");

    @Test
    void givesBackEveryEventAsItWas() {
        List<StoredEvent> events = IntStream.range(0, 2000)
                .mapToObj(number -> event(number, "{\"buyerId\": \"林-" + number + "\"}", null))
                .toList();

        byte[] packed = EventArchive.pack(events);
        List<StoredEvent> unpacked = EventArchive.unpack(packed);

        assertEquals(2000, unpacked.size());
        for (int index = 0; index < 2000; index++) {
            CloudEvent before = events.get(index).event();
            CloudEvent after = unpacked.get(index).event();
            assertEquals(events.get(index).offset(), unpacked.get(index).offset());
            assertEquals(
                    List.of(before.topic(), before.key(), before.id(), before.type(), before.time()),
                    List.of(after.topic(), after.key(), after.id(), after.type(), after.time()));
            assertArrayEquals(before.data(), after.data());
        }
        assertTrue(packed.length < 2000 * 50, "packed to " + packed.length);
    }

    @Test
    void givesBackTheTracesOfThoseThatHaveOne() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        List<StoredEvent> unpacked = EventArchive.unpack(
                EventArchive.pack(List.of(event(1, "{}", null), event(2, "{}", trace), event(3, "{}", null))));

        assertEquals(
                Arrays.asList(null, trace, null),
                unpacked.stream().map(stored -> stored.event().traceparent()).toList());
        assertEquals("id-3", unpacked.get(2).event().id());
    }

    @Test
    void refusesAFormItDoesNotKnow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LZ4FrameOutputStream frame = new LZ4FrameOutputStream(bytes)) {
            frame.write(3);
        }

        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> EventArchive.unpack(bytes.toByteArray()));

        assertTrue(refusal.getMessage().contains("form 3"), refusal.getMessage());
    }

    private static StoredEvent event(long offset, String data, @Nullable String traceparent) {
        return new StoredEvent(
                offset,
                new CloudEvent(
                        "orders.v1",
                        "key-" + offset,
                        "id-" + offset,
                        "order.reserved",
                        TIME,
                        data.getBytes(StandardCharsets.UTF_8),
                        traceparent));
    }
}
