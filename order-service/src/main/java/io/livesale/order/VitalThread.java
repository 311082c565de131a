package io.livesale.order;

import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

/**
 * A thread that the service is not whole without. What it does not survive, an {@link Error}, ends the process, to be
 * started anew: a replica that only looks alive would go on accepting orders and decide none, or forget what is on sale.
 */
public final class VitalThread extends Thread {
    private static final Logger LOG = Logger.getLogger(VitalThread.class);
    private static final int FAILED = 1;

    public VitalThread(Runnable work, String name) {
        super(work, name);
        setUncaughtExceptionHandler(VitalThread::endProcess);
    }

    private static void endProcess(Thread thread, Throwable reason) {
        LOG.fatalf(reason, "a vital thread ended, ending the process thread=%s", thread.getName());
        Quarkus.asyncExit(FAILED);
    }
}
