package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** So many orders are read and checked at once, and no more. */
final class Places {
    private final int most;
    private final Ticker clock;
    private final Semaphore free;
    private final Set<Place> taken = ConcurrentHashMap.newKeySet();

    /** @param clock counts nanoseconds and never goes back */
    Places(int most, Ticker clock) {
        this.most = most;
        this.free = new Semaphore(most);
        this.clock = clock;
    }

    /**
     * A place, unless all are taken.
     *
     * @param late is run at most once, when the place is held for longer than an order takes to come
     */
    Optional<Place> take(Runnable late) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        Place place = new Place(late, clock.read());
        taken.add(place);
        return Optional.of(place);
    }

    int taken() {
        return most - free.availablePermits();
    }

    /** Tells those who have held their place for longer than this. */
    void sweep(Duration longestBody) {
        long now = clock.read();
        for (Place place : taken) {
            if (now - place.since > longestBody.toNanos() && place.told.compareAndSet(false, true)) {
                place.late.run();
            }
        }
    }

    /** One order's; it is left once, however often that is told. */
    final class Place {
        private final Runnable late;
        private final long since;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(Runnable late, long since) {
            this.late = late;
            this.since = since;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                taken.remove(this);
                free.release();
            }
        }
    }
}
