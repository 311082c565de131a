package io.livesale.catalog.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * {@code q=0} means "not this one" (RFC 9110, 12.4.2), which the framework reads as "this one last"; and what is no media
 * type is passed over, which it fails at once the request is served.
 */
@Singleton
final class Acceptance {
    private static final int BEFORE_RESOURCES = 900_000;

    private static final Pattern MAYBE_ZERO = Pattern.compile("q=0", Pattern.CASE_INSENSITIVE);

    private static final MediaType[] JSON = {MediaType.APPLICATION_JSON_TYPE};

    void install(@Observes Filters filters) {
        filters.register(Acceptance::passOver, BEFORE_RESOURCES);
    }

    private static void passOver(RoutingContext request) {
        MultiMap headers = request.request().headers();
        if (headers.contains(HttpHeaders.ACCEPT)) {
            List<String> ranges = headers.getAll(HttpHeaders.ACCEPT).stream()
                    .flatMap(Acceptance::ranges)
                    .filter(Acceptance::isMediaType)
                    .toList();
            headers.remove(HttpHeaders.ACCEPT);
            if (!ranges.isEmpty()) {
                headers.set(HttpHeaders.ACCEPT, String.join(",", ranges));
            }
        }
        request.next();
    }

    private static Stream<String> ranges(String accept) {
        return Stream.of(accept.split(",")).map(String::strip);
    }

    private static boolean isMediaType(String text) {
        try {
            MediaType.valueOf(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @ServerRequestFilter
    void check(ResteasyReactiveContainerRequestContext request) {
        String accept = request.getHeaders().getFirst(HttpHeaders.ACCEPT);
        if (accept == null || !MAYBE_ZERO.matcher(accept).find()) {
            return;
        }
        List<MediaType> accepted = ranges(accept).map(MediaType::valueOf).toList();
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        MediaType[] produced = context.getTarget().getProduces() == null
                ? JSON
                : context.getTarget().getProduces().getSortedOriginalMediaTypes();
        if (Arrays.stream(produced).noneMatch(type -> isAccepted(type, accepted))) {
            throw new NotAcceptableException();
        }
    }

    /** The most specific range that fits decides. */
    private static boolean isAccepted(MediaType type, List<MediaType> accepted) {
        return accepted.stream()
                .filter(range -> range.isCompatible(type))
                .min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
                .map(range -> !isZero(range.getParameters().get("q")))
                .orElse(false);
    }

    private static boolean isZero(String weight) {
        return weight != null && weight.matches("0(\\.0*)?");
    }
}
