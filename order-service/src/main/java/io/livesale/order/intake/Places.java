package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** So many orders are read, checked and put into the log at once, and no more. */
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
     * @param giveUp is run at most once, if the order does not come in time
     */
    Optional<Place> take(Runnable giveUp) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        Place place = new Place(giveUp, clock.read());
        taken.add(place);
        return Optional.of(place);
    }

    int taken() {
        return most - free.availablePermits();
    }

    /** Gives up whoever has not sent a whole order for so long. */
    void sweep(Duration longestBody) {
        long now = clock.read();
        for (Place place : taken) {
            if (now - place.since > longestBody.toNanos() && place.read.compareAndSet(false, true)) {
                place.giveUp.run();
            }
        }
    }

    /** One order's; it is left once, however often that is told. */
    final class Place {
        private final Runnable giveUp;
        private final long since;
        private final AtomicBoolean read = new AtomicBoolean();
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(Runnable giveUp, long since) {
            this.giveUp = giveUp;
            this.since = since;
        }

        /** The order has come, and what is left to do ends by itself. */
        void read() {
            read.set(true);
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                taken.remove(this);
                free.release();
            }
        }
    }
}
