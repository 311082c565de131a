package io.livesale.order;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Ends a process that cannot do its work any more, to be started anew: a replica that only looks alive would go on
 * accepting orders and decide none, or forget what is on sale.
 */
public final class ProcessEnd {
    private static final Logger LOG = Logger.getLogger(ProcessEnd.class);
    private static final int FAILED = 1;

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private ProcessEnd() {}

    public static void because(String what, Throwable reason) {
        if (ENDING.compareAndSet(false, true)) {
            LOG.fatalf(reason, "the process ends: %s", what);
            Quarkus.asyncExit(FAILED);
        }
    }
}
