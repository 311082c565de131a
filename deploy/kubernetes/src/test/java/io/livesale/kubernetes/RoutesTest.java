package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One origin: each path goes to the service that answers it, and what is nobody's business outside goes nowhere. */
class RoutesTest {
    private record Rule(boolean exact, String path, String service) {
        boolean matches(String asked) {
            return asked.equals(path) || !exact && (asked + "/").startsWith(path + "/");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyOperationIsReached(List<Rule> way) throws IOException {
        for (LiveSaleService service : LiveSaleService.values()) {
            List<String> paths = operations(service);

            assertFalse(paths.isEmpty());
            paths.forEach(path -> assertEquals(Optional.of(service.image()), target(way, path), path));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, catalog-service",
        "/live/abc, catalog-service",
        "/me/sessions, catalog-service",
        "/admin, catalog-service",
        "/assets/view.js, catalog-service",
        "/webjars/preact/dist/preact.js, catalog-service",
        "/me/earnings, payout-service",
        "/impact/audit, payout-service",
        "/earnings-assets/earnings.js, payout-service"
    })
    void everyPageIsReached(String path, String service) {
        ways().forEach(way -> assertEquals(Optional.of(service), target(rules(way), path)));
    }

    @ParameterizedTest
    @CsvSource({"/q/health", "/q/metrics", "/q/openapi", "/q/swagger-ui", "/dev/tokens", "/ordersx", "/metrics"})
    void nothingElseIs(String path) {
        ways().forEach(way -> assertEquals(Optional.empty(), target(rules(way), path)));
    }

    static Stream<Arguments> ways() {
        return Stream.of(Arguments.of(gateway()), Arguments.of(ingress()));
    }

    @SuppressWarnings("unchecked")
    private static List<Rule> rules(Arguments way) {
        return (List<Rule>) way.get()[0];
    }

    private static List<Rule> gateway() {
        return Overlay.production()
                .ofKind("HTTPRoute")
                .flatMap(route -> each(route.at("/spec/rules")))
                .flatMap(rule -> each(rule.path("matches"))
                        .map(match -> new Rule(
                                match.at("/path/type").asText().equals("Exact"),
                                match.at("/path/value").asText(),
                                rule.at("/backendRefs/0/name").asText())))
                .toList();
    }

    private static List<Rule> ingress() {
        return each(Overlay.withOtherComponents().one("Ingress", "live-sale").at("/spec/rules/0/http/paths"))
                .map(path -> new Rule(
                        path.path("pathType").asText().equals("Exact"),
                        path.path("path").asText(),
                        path.at("/backend/service/name").asText()))
                .toList();
    }

    /** The longest that fits, as both APIs have it. */
    private static Optional<String> target(List<Rule> way, String path) {
        return way.stream()
                .filter(rule -> rule.matches(path))
                .max(Comparator.comparing(rule -> rule.path().length()))
                .map(Rule::service);
    }

    private static List<String> operations(LiveSaleService service) throws IOException {
        return new ObjectMapper()
                        .readTree(service.folder()
                                .resolve("target/openapi/openapi.json")
                                .toFile())
                        .path("paths")
                        .properties()
                        .stream()
                        .map(path -> path.getKey())
                        .toList();
    }
}
