package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README tells an operator to paste can be built, and does what it says. */
class RunbookTest {
    private static String runbook;

    @BeforeAll
    static void read() throws IOException {
        runbook = Files.readString(Path.of("README.md"));
    }

    @Test
    void anOverlayOfOnesOwnBeginsWithTheExample() {
        String example = find("(?ms)^   ```yaml\n(.*?)^   ```").get(0);
        Overlay own = Overlay.made(
                "own", example.replaceAll("(?m)^   ", "").replace("<the way here>/deploy/kubernetes", "../.."));

        assertTrue(own.ofKind("Deployment")
                .flatMap(Overlay::containers)
                .anyMatch(container ->
                        container.path("image").asText().equals("registry.example.com/live-sale/order-service:1.0.0")));
        assertEquals(
                "https://payouts.example.com",
                own.generated("ConfigMap", "payout-service")
                        .at("/data/PAYOUT_PROVIDER_URL")
                        .asText());
        own.generated("ConfigMap", "token-keys");
    }

    @Test
    void aHotSaleHasItsReplicasBefore() {
        Overlay prepared = Overlay.on("production", "hot-sale", patches().get(0));

        assertEquals(
                List.of(16, 20),
                prepared.ofKind("HorizontalPodAutoscaler")
                        .map(scaled -> scaled.at("/spec/minReplicas").asInt())
                        .sorted()
                        .toList());
        prepared.ofKind("HorizontalPodAutoscaler")
                .map(scaled -> scaled.path("spec"))
                .forEach(spec -> assertTrue(
                        spec.path("minReplicas").asInt()
                                <= spec.path("maxReplicas").asInt(),
                        spec::toString));
        assertEquals(
                4,
                prepared.one("ScaledObject", "order-service")
                        .at("/spec/minReplicaCount")
                        .asInt());
    }

    @Test
    void aDatabaseIsRestoredFromItsBackupAndArchivesElsewhere() {
        JsonNode restored = Overlay.on("production", "restore", patches().get(1))
                .one("Cluster", "orders-database")
                .path("spec");

        assertEquals("before", restored.at("/bootstrap/recovery/source").asText());
        assertTrue(restored.at("/bootstrap/initdb").isMissingNode());
        assertEquals(
                "orders-database",
                restored.at("/externalClusters/0/plugin/parameters/serverName").asText());
        assertEquals(1, restored.path("plugins").size());
        assertEquals(
                "orders-database-2",
                restored.at("/plugins/0/parameters/serverName").asText());
    }

    @Test
    void everyAlertIsExplained() {
        List<String> explained = find("(?m)^\\| `([A-Z][A-Za-z]+)` \\|");

        assertEquals(
                each(Overlay.production().one("PrometheusRule", "live-sale").at("/spec/groups"))
                        .flatMap(group -> each(group.path("rules")))
                        .map(rule -> rule.path("alert").asText())
                        .toList(),
                explained);
    }

    private static List<String> patches() {
        return find("(?ms)^```yaml\n(  - .*?)^```").stream()
                .map(items -> "patches:\n" + items)
                .toList();
    }

    private static List<String> find(String pattern) {
        return Pattern.compile(pattern)
                .matcher(runbook)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
