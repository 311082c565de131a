package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** More of them than are kept, and each twice. */
    @Test
    void formatsAndParsesAsInstantDoesThoughFewAreKept() {
        IntStream.range(0, 10_000)
                .map(number -> number / 2 * 7)
                .mapToObj(NOON::plusMillis)
                .forEach(time -> {
                    assertEquals(time.toString(), Times.format(time));
                    assertEquals(time, Times.parse(time.toString()));
                });
    }

    @Test
    void readsOtherOffsetsAndRejectsWhatIsNoTime() {
        assertEquals(NOON, Times.parse("2026-11-21T20:00:00+08:00"));
        assertThrows(DateTimeException.class, () -> Times.parse("2026-11-21"));
        assertThrows(UnreadableRecordException.class, () -> Json.read("1763726400", Instant.class));
        assertThrows(UnreadableRecordException.class, () -> Json.read("\"noon\"", Instant.class));
    }
}
