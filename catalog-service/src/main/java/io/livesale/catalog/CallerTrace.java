package io.livesale.catalog;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace of the request under way, for whatever follows from it to be told with. */
@Singleton
public class CallerTrace {
    private static final String TRACEPARENT = "traceparent";
    private static final Headers HEADERS = new Headers();

    private final CurrentVertxRequest request;

    CallerTrace(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * As W3C Trace Context writes it: our own span where spans are recorded, else what the caller sent with the request;
     * null where there is neither, or no request.
     */
    public @Nullable String traceparent() {
        Context context = Context.current();
        if (!Span.current().getSpanContext().isValid()) {
            RoutingContext call = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
            if (call == null || !call.request().headers().contains(TRACEPARENT)) {
                return null;
            }
            context = W3CTraceContextPropagator.getInstance().extract(context, call.request(), HEADERS);
        }
        Map<String, String> fields = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, fields, Map::put);
        return fields.get(TRACEPARENT);
    }

    private static final class Headers implements TextMapGetter<HttpServerRequest> {
        @Override
        public Iterable<String> keys(HttpServerRequest carrier) {
            return carrier.headers().names();
        }

        @Override
        public @Nullable String get(@Nullable HttpServerRequest carrier, String name) {
            return carrier == null ? null : carrier.getHeader(name);
        }
    }
}
