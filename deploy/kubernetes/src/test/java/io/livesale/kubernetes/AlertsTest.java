package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and the dashboard ask for what the services measure, from their start on; alerts say what to do. */
class AlertsTest {
    @Test
    void alertsAskForWhatIsMeasured() throws IOException {
        assertMeasured(rules().map(rule -> rule.path("expr").asText()));
    }

    @Test
    void theDashboardAsksForWhatIsMeasured() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Overlay.production()
                        .generated("ConfigMap", "live-sale-dashboard")
                        .at("/data/live-sale.json")
                        .asText());

        assertMeasured(dashboard.findValues("expr").stream().map(JsonNode::asText));
    }

    @Test
    void eachAlertSaysWhatToDo() {
        rules().forEach(rule -> {
            assertFalse(
                    rule.at("/annotations/runbook").asText().isBlank(),
                    rule.path("alert").asText());
            assertTrue(Set.of("critical", "warning")
                    .contains(rule.at("/labels/severity").asText()));
        });
    }

    private static void assertMeasured(Stream<String> expressions) throws IOException {
        Set<String> asked = new TreeSet<>();
        expressions.map(Measures::askedFor).forEach(asked::addAll);

        assertTrue(asked.size() > 15, asked.toString());
        asked.removeAll(Measures.known());
        assertEquals(Set.of(), asked, "nobody measures");
    }

    private static Stream<JsonNode> rules() {
        return each(Overlay.production().one("PrometheusRule", "live-sale").at("/spec/groups"))
                .flatMap(group -> each(group.path("rules")));
    }
}
