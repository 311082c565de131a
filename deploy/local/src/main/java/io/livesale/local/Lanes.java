package io.livesale.local;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bounded concurrency: each lane does one piece of work after the other until there is none left. */
final class Lanes {
    private Lanes() {}

    /**
     * Runs on the caller's event loop; a piece of work must not complete at once, or the stack grows with their number.
     *
     * @param next the next piece of work, already begun; null when there is none left
     */
    static Future<Void> run(int lanes, Supplier<@Nullable Future<?>> next) {
        return Future.all(IntStream.range(0, lanes).mapToObj(lane -> lane(next)).toList())
                .mapEmpty();
    }

    private static Future<Void> lane(Supplier<@Nullable Future<?>> next) {
        Promise<Void> done = Promise.promise();
        proceed(next, done);
        return done.future();
    }

    private static void proceed(Supplier<@Nullable Future<?>> next, Promise<Void> done) {
        Future<?> work = next.get();
        if (work == null) {
            done.complete();
        } else {
            work.onSuccess(result -> proceed(next, done)).onFailure(done::fail);
        }
    }
}
