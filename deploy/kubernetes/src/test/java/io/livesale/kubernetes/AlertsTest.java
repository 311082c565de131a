package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts ask for what the services measure, from their start on, and say what to do. */
class AlertsTest {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_][a-z0-9_]*)[{ ]");
    /** A name that no parenthesis follows, as it does a function, and no equals sign, as it does a label. */
    private static final Pattern NAME = Pattern.compile("\\b([a-z][a-z0-9]*_[a-z0-9_]+)\\b(?!\\s*\\()");

    @Test
    void theyAskForWhatIsMeasured() throws IOException {
        Set<String> asked = new TreeSet<>();
        rules().forEach(rule -> asked.addAll(names(rule.path("expr").asText())));

        assertTrue(asked.size() > 20, asked.toString());
        asked.removeAll(measured());
        assertEquals(Set.of(), asked, "nobody measures");
    }

    @Test
    void eachSaysWhatToDo() {
        rules().forEach(rule -> {
            assertFalse(
                    rule.at("/annotations/runbook").asText().isBlank(),
                    rule.path("alert").asText());
            assertTrue(Set.of("critical", "warning")
                    .contains(rule.at("/labels/severity").asText()));
        });
    }

    private static Stream<JsonNode> rules() {
        return each(Overlay.production().one("PrometheusRule", "live-sale").at("/spec/groups"))
                .flatMap(group -> each(group.path("rules")));
    }

    static Set<String> names(String expression) {
        String bare = expression.replaceAll("\\{[^}]*}", "").replaceAll("\\b(by|without|on)\\s*\\([^)]*\\)", "");
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    /** As the services' own tests found it; those run before these in any build of the whole. */
    private static Set<String> measured() throws IOException {
        Set<String> names = new TreeSet<>();
        for (LiveSaleService service : LiveSaleService.values()) {
            Matcher series = SERIES.matcher(Files.readString(service.folder().resolve("target/metrics.txt")));
            while (series.find()) {
                names.add(series.group(1));
            }
        }
        return names;
    }
}
