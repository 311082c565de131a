package io.livesale.order;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
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
    public Uni<Void> untilDone(String what, Supplier<Uni<Void>> step) {
        return Uni.createFrom()
                .<Void>deferred(step::get)
                .onFailure()
                .invoke(fault -> LOG.warnf("trying again step=\"%s\" reason=%s", what, fault))
                .onFailure()
                .retry()
                .withBackOff(settings.firstRetry(), settings.longestRetry())
                .indefinitely();
    }
}
