package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.livesale.order.OrderSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a buyer from pressing faster than anyone can: a bucket of orders for each, which steadily fills up again. All
 * that is kept of a bucket is the time at which it will be full (the generic cell rate algorithm), and that only until
 * then, for a full bucket is like one never used.
 */
@Singleton
class BuyerPace {
    /** More than one replica serves before their buckets are full again; beyond it some buyers would go uncounted. */
    private static final int MOST_BUYERS = 200_000;

    private final long nanosPerOrder;
    private final long nanosToFill;
    private final Ticker clock;
    private final Cache<String, AtomicLong> fullAt;

    @Inject
    BuyerPace(OrderSettings settings) {
        this(settings.intake().pace().burst(), settings.intake().pace().perSecond(), Ticker.systemTicker());
    }

    /** @param clock counts nanoseconds and never goes back */
    BuyerPace(int burst, int perSecond, Ticker clock) {
        this.nanosPerOrder = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanosToFill = nanosPerOrder * burst;
        this.clock = clock;
        this.fullAt = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MOST_BUYERS)
                .expireAfterAccess(Duration.ofNanos(nanosToFill))
                .ticker(clock)
                .build();
    }

    /** Whether the buyer may press now; if so, it counts. */
    boolean admits(String buyerId) {
        long now = clock.read();
        AtomicLong known = fullAt.getIfPresent(buyerId);
        return take(now, known != null ? known : fullAt.get(buyerId, unknown -> new AtomicLong(now)));
    }

    private boolean take(long now, AtomicLong bucket) {
        while (true) {
            long full = bucket.get();
            long fullThen = (full - now > 0 ? full : now) + nanosPerOrder;
            if (fullThen - now > nanosToFill) {
                return false;
            }
            if (bucket.compareAndSet(full, fullThen)) {
                return true;
            }
        }
    }

    /** Buyers whose buckets are kept. */
    long buyers() {
        fullAt.cleanUp();
        return fullAt.estimatedSize();
    }
}
