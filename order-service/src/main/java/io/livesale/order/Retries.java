package io.livesale.order;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tries a step again until it succeeds, for as long as the fault lasts: a consumer that gave up would need a restart to
 * heal, and one that went on would lose what it could not do.
 */
@Singleton
public class Retries {
    private static final Logger LOG = Logger.getLogger(Retries.class);

    private final OrderSettings.Processing settings;

    Retries(OrderSettings settings) {
        this.settings = settings.processing();
    }

    /** @param what names the step in the log */
    public <T> Uni<T> untilDone(String what, Supplier<Uni<T>> step) {
        return whileTrue(() -> true, what, step);
    }

    /** Gives up, failing with the last fault, once it is no longer ours to do, and at an {@link Error}, which stays. */
    public <T> Uni<T> whileTrue(BooleanSupplier ours, String what, Supplier<Uni<T>> step) {
        return Uni.createFrom()
                .deferred(step::get)
                .onFailure()
                .invoke(fault -> LOG.warnf("trying again step=\"%s\" reason=%s", what, fault))
                .onFailure(fault -> ours.getAsBoolean() && !(fault instanceof Error))
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely();
    }
}
