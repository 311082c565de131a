package io.livesale.order;

/** A thread that the service is not whole without: what it does not survive, an {@link Error}, ends the process. */
public final class VitalThread extends Thread {
    public VitalThread(Runnable work, String name) {
        super(work, name);
        setUncaughtExceptionHandler((thread, reason) -> ProcessEnd.because(name + " ended", reason));
    }
}
