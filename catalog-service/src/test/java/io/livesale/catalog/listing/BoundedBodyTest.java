package io.livesale.catalog.listing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.catalog.Problem;
import io.livesale.catalog.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    @Test
    void readsUpToItsLengthAndDeadline() throws IOException {
        assertArrayEquals(new byte[5], body(5, NOW).readAllBytes());
    }

    @Test
    void refusesAByteMore() {
        assertEquals(Problem.PAYLOAD_TOO_LARGE, refusal(body(4, NOW)));
    }

    @Test
    void refusesToWaitLonger() {
        assertEquals(Problem.REQUEST_TIMEOUT, refusal(body(5, NOW.minusMillis(1))));
    }

    private static Problem refusal(BoundedBody body) {
        return assertThrows(ProblemException.class, body::readAllBytes).problem();
    }

    private static BoundedBody body(long longest, Instant deadline) {
        return new BoundedBody(
                new ByteArrayInputStream(new byte[5]), longest, Clock.fixed(NOW, ZoneOffset.UTC), deadline);
    }
}
