package io.livesale.catalog.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets only files of products be as long as the server takes: every other body is to be far shorter. */
@Singleton
final class ShortBodies {
    /** The server's own check, which says how much is read of a body of untold length, has priority 2. */
    private static final int AFTER_THE_SERVER = 1;

    private static final String IMPORT = "/products/import";

    private final BodyLimit limit;
    private final long longestBody;

    ShortBodies(BodyLimit limit, @ConfigProperty(name = "catalog.requests.longest-body") MemorySize longestBody) {
        this.limit = limit;
        this.longestBody = longestBody.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, AFTER_THE_SERVER);
    }

    /** An import's reader cuts it off itself, and says so. */
    private void check(RoutingContext request) {
        if (IMPORT.equals(request.request().path())) {
            request.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
            request.next();
        } else if (BodyLimit.contentLength(request) <= longestBody) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, longestBody);
            request.next();
        } else {
            limit.refuse(request, longestBody);
        }
    }
}
