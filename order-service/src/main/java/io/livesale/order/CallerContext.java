package io.livesale.order;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Brings answers from other threads back to the event-loop context their request came from. */
public final class CallerContext {
    private CallerContext() {}

    /** The same result, delivered on the context this method was called on (if any). */
    public static <T> Uni<T> resume(Uni<T> elsewhere) {
        Context caller = Vertx.currentContext();
        return caller == null ? elsewhere : elsewhere.emitOn(task -> caller.runOnContext(nothing -> task.run()));
    }
}
