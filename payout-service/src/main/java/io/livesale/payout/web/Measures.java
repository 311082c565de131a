package io.livesale.payout.web;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps made-up paths and methods out of the metrics of requests: of paths only so many are taken, so that a stranger's
 * would keep out the real ones, and of methods any number, until memory ends.
 */
@Singleton
final class Measures {
    /** Whatever no resource answers: what is refused before, and files. */
    private static final String ANYTHING_ELSE = "/other";
    /** Health, metrics and the API's documents; the platform does not measure them. */
    private static final String NOT_OURS = "/q/";

    private static final String REQUESTS = "http.server.requests";
    private static final Set<String> METHODS =
            HttpMethod.values().stream().map(HttpMethod::name).collect(Collectors.toUnmodifiableSet());

    /** Before the platform's own routes, some of which answer. */
    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(request -> {
            begin(request);
            request.next();
        });
    }

    /**
     * For what the server fails before it looks at any route, this is said when it is answered. The path of a resource, once
     * found, counts more.
     */
    static void begin(RoutingContext request) {
        if (!String.valueOf(request.request().path()).startsWith(NOT_OURS)) {
            HttpRequestMetric.getRequestMetric(request).setTemplatePath(ANYTHING_ELSE);
        }
    }

    @Produces
    @Singleton
    static MeterFilter knownMethods() {
        return MeterFilter.deny(Measures::isMadeUp);
    }

    private static boolean isMadeUp(Meter.Id meter) {
        return meter.getName().equals(REQUESTS) && !METHODS.contains(meter.getTag("method"));
    }
}
