package io.livesale.order;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does a step at every tick for as long as the service runs, never two at once. A step that fails is done again at the
 * next tick; an outage is told once it lasts and when it is over, not at every tick. A step has to end by itself.
 */
@Singleton
public class Recurring {
    private static final Logger LOG = Logger.getLogger(Recurring.class);

    /** What is over sooner nobody needs to know of, least of all that at the start not everything is there yet. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

    private final List<Cancellable> running = new CopyOnWriteArrayList<>();

    /**
     * Begins now.
     *
     * @param what names the step in the log
     */
    public void every(Duration pause, String what, Supplier<Uni<Void>> step) {
        Outage outage = new Outage(what);
        running.add(Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> Uni.createFrom()
                        .deferred(step::get)
                        .invoke(outage::isOver)
                        .onFailure()
                        .invoke(outage::goesOn)
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "no longer done step=\"%s\"", what)));
    }

    /** Before the pool and the producer go. */
    void stop(@Observes ShutdownEvent shutdown) {
        running.forEach(Cancellable::cancel);
    }

    /** Steps that failed in a row. Its step runs once at a time, so no two threads meet here. */
    private static final class Outage {
        private final String step;
        private volatile long since = System.nanoTime();
        private volatile long failures;
        private volatile boolean told;

        private Outage(String step) {
            this.step = step;
        }

        private void goesOn(Throwable reason) {
            failures++;
            if (!told && System.nanoTime() - since >= WORTH_TELLING.toNanos()) {
                told = true;
                LOG.warnf("interrupted, tried again at every tick step=\"%s\" reason=%s", step, reason);
            } else {
                LOG.debugf("interrupted again step=\"%s\" reason=%s", step, reason);
            }
        }

        private void isOver() {
            if (told) {
                LOG.infof("going on step=\"%s\" failures=%d", step, failures);
            }
            since = System.nanoTime();
            failures = 0;
            told = false;
        }
    }
}
