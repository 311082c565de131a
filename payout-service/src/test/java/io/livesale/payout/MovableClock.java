package io.livesale.payout;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The service's clock in tests: it runs like any other until a test moves it, and then stands still. */
@Singleton
public class MovableClock extends Clock {
    private volatile @Nullable Instant moved;

    public void moveTo(Instant time) {
        moved = time;
    }

    public void run() {
        moved = null;
    }

    @Override
    public Instant instant() {
        Instant time = moved;
        return time == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("all times here are UTC");
    }
}
