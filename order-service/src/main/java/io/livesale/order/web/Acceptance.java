package io.livesale.order.web;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** {@code q=0} means "not this one" (RFC 9110, 12.4.2); the framework reads it as "this one last". */
final class Acceptance {
    private static final MediaType[] JSON = {MediaType.APPLICATION_JSON_TYPE};

    @ServerRequestFilter
    void check(ResteasyReactiveContainerRequestContext request) {
        List<String> accepts = request.getHeaders().get(HttpHeaders.ACCEPT);
        if (accepts == null || accepts.stream().noneMatch(accept -> accept.contains("q=0"))) {
            return;
        }
        List<MediaType> ranges = accepts.stream()
                .flatMap(accept -> Stream.of(accept.split(",")))
                .flatMap(Acceptance::range)
                .toList();
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        MediaType[] produced = context.getTarget().getProduces() == null
                ? JSON
                : context.getTarget().getProduces().getSortedOriginalMediaTypes();
        if (Arrays.stream(produced).noneMatch(type -> isAccepted(type, ranges))) {
            throw new NotAcceptableException();
        }
    }

    /** Nothing where there is none to be read. */
    private static Stream<MediaType> range(String text) {
        try {
            return Stream.of(MediaType.valueOf(text.strip()));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    /** The most specific range that fits decides. */
    private static boolean isAccepted(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.isCompatible(type))
                .min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
                .map(range -> !isZero(range.getParameters().get("q")))
                .orElse(false);
    }

    private static boolean isZero(String weight) {
        return weight != null && weight.matches("0(\\.0*)?");
    }
}
