package io.livesale.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a request goes by its path. Routing looks at whole, decoded segments, and a path that two readers could
 * understand differently ({@code ;x}, {@code //}, {@code ..}, an encoded slash) goes nowhere.
 */
sealed interface Route {
    /** To a service. */
    record To(Service service) implements Route {}

    /** Answered by the launcher itself. */
    record Local() implements Route {}

    /** Exists, but not for the outside. */
    record Hidden() implements Route {}

    /** A path no honest client sends. */
    record Malformed() implements Route {}

    /** A service's paths, each a list of leading segments; what is not listed is the catalog's. */
    Map<Service, List<List<String>>> PREFIXES = Map.of(
            Service.ORDER,
            List.of(List.of("orders"), List.of("payments"), List.of("availability")),
            Service.PAYOUT,
            List.of(
                    List.of("earnings"),
                    List.of("payouts"),
                    List.of("payout-accounts"),
                    List.of("settlements"),
                    List.of("fee-programmes"),
                    List.of("payout-provider"),
                    List.of("reports"),
                    List.of("ledger"),
                    List.of("audit"),
                    List.of("me", "earnings"),
                    List.of("impact"),
                    List.of("earnings-assets")));

    /** The characters RFC 3986 allows in a path, without {@code ;}. */
    Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._~!$&'()*+,=:@%-]*");

    /** A broken escape, or one of a control character, {@code % . / ;} or a backslash. */
    Pattern TRICKY = Pattern.compile("%(?![0-9a-f]{2})|%([01].|2[5ef]|3b|5c|7f)", Pattern.CASE_INSENSITIVE);

    /** @param uri the request target as it came: path and query */
    static Route of(String uri) {
        String path = uri.split("\\?", 2)[0];
        if (!PLAIN.matcher(path).matches() || TRICKY.matcher(path).find()) {
            return new Malformed();
        }
        List<String> segments = new ArrayList<>(Arrays.stream(path.substring(1).split("/", -1))
                .map(Route::decode)
                .toList());
        if (path.endsWith("/")) {
            segments.remove(segments.size() - 1);
        }
        if (segments.stream().anyMatch(segment -> segment.isEmpty() || segment.matches("\\.{1,2}"))) {
            return new Malformed();
        }
        return ofSegments(segments);
    }

    private static Route ofSegments(List<String> segments) {
        String first = segments.isEmpty() ? "" : segments.get(0);
        return switch (first) {
            case "q" -> new Hidden();
            case "dev", "sandbox" -> new Local();
            default -> new To(serviceOf(segments));
        };
    }

    private static Service serviceOf(List<String> segments) {
        return PREFIXES.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(prefix -> startsWith(segments, prefix)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Service.CATALOG);
    }

    private static boolean startsWith(List<String> segments, List<String> prefix) {
        return segments.size() >= prefix.size()
                && segments.subList(0, prefix.size()).equals(prefix);
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
