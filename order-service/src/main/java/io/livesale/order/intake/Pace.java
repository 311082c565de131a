package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps anyone from pressing faster than they may: a bucket of presses for each, which steadily fills up again. All that
 * is kept of a bucket is the time at which it will be full (the generic cell rate algorithm), and that only until then,
 * for a full bucket is like one never used.
 */
final class Pace {
    /** More than one replica serves before their buckets are full again; beyond it some people would go uncounted. */
    private static final int MOST_USERS = 50_000;

    private final long nanosPerPress;
    private final long nanosToFill;
    private final Ticker clock;
    private final Cache<String, AtomicLong> fullAt;

    /** @param clock counts nanoseconds and never goes back */
    Pace(int burst, int perSecond, Ticker clock) {
        this.nanosPerPress = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanosToFill = nanosPerPress * burst;
        this.clock = clock;
        this.fullAt = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MOST_USERS)
                .expireAfterAccess(Duration.ofNanos(nanosToFill))
                .ticker(clock)
                .build();
    }

    /** Whether the user may press now; if so, it counts. */
    boolean admits(String userId) {
        long now = clock.read();
        AtomicLong known = fullAt.getIfPresent(userId);
        return take(now, known != null ? known : fullAt.get(userId, unknown -> new AtomicLong(now)));
    }

    private boolean take(long now, AtomicLong bucket) {
        while (true) {
            long full = bucket.get();
            long fullThen = (full - now > 0 ? full : now) + nanosPerPress;
            if (fullThen - now > nanosToFill) {
                return false;
            }
            if (bucket.compareAndSet(full, fullThen)) {
                return true;
            }
        }
    }

    /** Users whose buckets are kept. */
    long users() {
        fullAt.cleanUp();
        return fullAt.estimatedSize();
    }
}
