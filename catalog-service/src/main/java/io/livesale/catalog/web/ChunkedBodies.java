package io.livesale.catalog.web;

import io.livesale.catalog.Problem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Bounds a body that does not say how long it is. The server would, too, but answers without a word what it finds too
 * long, while whoever reads for the resource answers the same request.
 */
@Provider
@Singleton
final class ChunkedBodies implements ReaderInterceptor {
    private static final String LONGEST = ChunkedBodies.class.getName();
    /** The server's own check, and whoever corrects it, say before how much is read; no limit is somebody else's care. */
    private static final int AFTER_LIMITS = 0;

    @Context
    RoutingContext current;

    void install(@Observes Filters filters) {
        filters.register(ChunkedBodies::takeOver, AFTER_LIMITS);
    }

    private static void takeOver(RoutingContext request) {
        if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            Long longest = request.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
            if (longest != null) {
                request.put(LONGEST, longest);
            }
        }
        request.next();
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        Long longest = current.get(LONGEST);
        if (longest != null) {
            byte[] bytes = body.getInputStream().readNBytes(Math.toIntExact(longest + 1));
            if (bytes.length > longest) {
                current.response().putHeader(HttpHeaders.CONNECTION, "close");
                throw Problem.PAYLOAD_TOO_LARGE.because(BodyLimit.atMost(longest));
            }
            body.setInputStream(new ByteArrayInputStream(bytes));
        }
        return body.proceed();
    }
}
