package io.livesale.order.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import io.livesale.order.Json;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.livesale.order.intake.Places.Place;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Refuses orders when more come than can be taken: before anything is read of them, for a token alone costs more to check
 * than a refusal, and the refused must not take the time of the served. Orders only: whoever has one pays, cancels and
 * looks at it all the same.
 */
@Singleton
final class Door {
    private static final int BEFORE_PLAIN_REQUESTS = 2_000_000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String PATH = "/orders";
    private static final String PATH_WITH_SLASH = PATH + "/";

    private final Places places;
    private final IntakeMeters meters;
    private final OrderSettings.Intake settings;
    private final Vertx vertx;
    private final Buffer refusal;

    Door(IntakeMeters meters, OrderSettings settings, Vertx vertx, MeterRegistry registry) {
        this.places = new Places(settings.intake().maxAtOnce(), Ticker.systemTicker());
        this.meters = meters;
        this.settings = settings.intake();
        this.vertx = vertx;
        this.refusal = Buffer.buffer(Json.writeBytes(
                Refusal.of(Problem.INTAKE_UNAVAILABLE, "More come at once than can be taken; repeat the request.")));
        Gauge.builder("order.intake.at.once", places, Places::taken)
                .description("Orders being read and checked")
                .register(registry);
    }

    private record Refusal(String type, String title, int status, String detail, String code) {
        static Refusal of(Problem problem, String detail) {
            return new Refusal(problem.type(), problem.title(), problem.status(), detail, problem.name());
        }
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_PLAIN_REQUESTS);
    }

    void start(@Observes Startup startup) {
        vertx.setPeriodic(LOOK.toMillis(), timer -> places.sweep(settings.longestBody()));
    }

    private void check(RoutingContext request) {
        if (!isOrder(request)) {
            request.next();
            return;
        }
        Optional<Place> place = places.take(cutOffUnlessWhole(request.request()));
        if (place.isEmpty()) {
            refuse(request);
            return;
        }
        // Answered or gone, whichever comes first.
        request.addEndHandler(end -> place.get().leave());
        Vertx.currentContext().putLocal(Door.class, place.get());
        request.next();
    }

    /** What is left to do for the order that is answered here is bounded otherwise; it makes room for the next. */
    static void leave() {
        Optional.ofNullable(Vertx.currentContext())
                .map(context -> context.<Place>getLocal(Door.class))
                .ifPresent(Place::leave);
    }

    private static boolean isOrder(RoutingContext request) {
        String path = request.normalizedPath();
        return request.request().method() == HttpMethod.POST && (PATH.equals(path) || PATH_WITH_SLASH.equals(path));
    }

    /** On the order's own event loop, which reads what has arrived before it does anything else. */
    static Runnable cutOffUnlessWhole(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        return () -> context.runOnContext(late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    private void refuse(RoutingContext request) {
        meters.shed();
        // Where the platform's metrics look for the path of the resource that answered.
        Vertx.currentContext().putLocal("UrlPathTemplate", PATH);
        int longest = Math.toIntExact(settings.longestPause().toSeconds());
        request.response()
                .setStatusCode(Problem.INTAKE_UNAVAILABLE.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        Integer.toString(1 + ThreadLocalRandom.current().nextInt(longest)))
                .end(refusal);
    }
}
