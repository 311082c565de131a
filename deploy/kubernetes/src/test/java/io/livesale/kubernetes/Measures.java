package io.livesale.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the services measure, as their own tests found it; those run before these in any build of the whole. */
final class Measures {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_][a-z0-9_]*)[{ ]");
    /** A name that no parenthesis follows, as it does a function; labels are gone by then. */
    private static final Pattern NAME = Pattern.compile("\\b([a-z][a-z0-9]*_[a-z0-9_]+)\\b(?!\\s*\\()");

    private Measures() {}

    static Set<String> known() throws IOException {
        Set<String> names = new TreeSet<>();
        for (LiveSaleService service : LiveSaleService.values()) {
            names.addAll(all(SERIES, Files.readString(service.folder().resolve("target/metrics.txt"))));
        }
        return names;
    }

    /** @param expression in PromQL */
    static Set<String> askedFor(String expression) {
        return all(
                NAME,
                expression.replaceAll("\\{[^}]*}", "").replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", ""));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
