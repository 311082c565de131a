package io.livesale.e2e;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends things one after the other, each whatever became of those before. */
public final class Closing {
    private Closing() {}

    /** What goes wrong on the way is told when all is done. What never came to be is passed over. */
    public static void all(List<? extends @Nullable AutoCloseable> things) {
        IllegalStateException failure = new IllegalStateException("not everything could be closed");
        for (AutoCloseable thing : things) {
            try {
                if (thing != null) {
                    thing.close();
                }
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
