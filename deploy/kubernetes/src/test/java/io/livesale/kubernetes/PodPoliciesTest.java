package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.containers;
import static io.livesale.kubernetes.Overlay.each;
import static io.livesale.kubernetes.Overlay.pod;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README promises of every pod that is described here. */
class PodPoliciesTest {
    private static final ArrayNode ALL = JsonNodeFactory.instance.arrayNode().add("ALL");

    @TestFactory
    Stream<DynamicTest> everyPodIsConfined() {
        return ofEveryWorkload(workload -> {
            JsonNode pod = pod(workload);
            assertAll(
                    () -> assertFalse(
                            pod.path("automountServiceAccountToken").asBoolean(true), "service-account token"),
                    () -> assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean(), "runAsNonRoot"),
                    () -> assertTrue(pod.at("/securityContext/runAsUser").asInt() > 0, "runAsUser"),
                    () -> assertEquals(
                            "RuntimeDefault",
                            pod.at("/securityContext/seccompProfile/type").asText()),
                    () -> List.of("hostNetwork", "hostPID", "hostIPC")
                            .forEach(shared -> assertFalse(pod.has(shared), shared)),
                    () -> each(pod.path("volumes"))
                            .forEach(volume -> assertFalse(volume.has("hostPath"), volume.toString())));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyContainerIsConfinedAndBounded() {
        return ofEveryWorkload(workload -> containers(workload).forEach(container -> {
            JsonNode security = container.path("securityContext");
            assertAll(
                    container.path("name").asText(),
                    () -> assertEquals(
                            false, security.path("allowPrivilegeEscalation").asBoolean(true)),
                    () -> assertTrue(security.path("readOnlyRootFilesystem").asBoolean()),
                    () -> assertEquals(ALL, security.at("/capabilities/drop")),
                    () -> assertFalse(security.at("/capabilities").has("add")),
                    () -> assertFalse(security.path("privileged").asBoolean()),
                    () -> List.of("requests", "limits")
                            .forEach(kind -> List.of("cpu", "memory")
                                    .forEach(what -> assertTrue(
                                            container.at("/resources/" + kind).has(what), kind + " of " + what))),
                    // A heap is a share of this: whoever is given less than it counted on is killed.
                    () -> assertEquals(
                            container.at("/resources/requests/memory"), container.at("/resources/limits/memory")));
        }));
    }

    @TestFactory
    Stream<DynamicTest> whateverServesIsProbed() {
        return ofEveryWorkload(workload -> {
            if (!workload.path("kind").asText().equals("Job")) {
                each(pod(workload).path("containers"))
                        .forEach(container -> List.of("startupProbe", "readinessProbe", "livenessProbe")
                                .forEach(probe -> assertTrue(container.has(probe), probe)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> secretsAreReferred() {
        return ofEveryWorkload(workload -> containers(workload)
                .flatMap(container -> each(container.path("env")))
                .filter(variable -> variable.path("name").asText().matches(".*(PASSWORD|SECRET|KEYS?|TOKEN).*"))
                .forEach(variable -> assertTrue(variable.at("/valueFrom").has("secretKeyRef"), variable.toString())));
    }

    @ParameterizedTest
    @MethodSource("io.livesale.kubernetes.Overlay#all")
    void noSetOfSettingsHoldsASecret(Overlay overlay) {
        overlay.ofKind("ConfigMap")
                .forEach(map -> map.path("data")
                        .fieldNames()
                        .forEachRemaining(key -> assertFalse(
                                key.matches(".*(PASSWORD|SECRETS?|ACCOUNT_KEYS)$"), Overlay.title(map) + " " + key)));
    }

    @ParameterizedTest
    @MethodSource("io.livesale.kubernetes.Overlay#all")
    void everyServiceIsSpreadDrainedSlowlyAndKeptFromDisruption(Overlay overlay) {
        Set<String> guarded = overlay.ofKind("PodDisruptionBudget")
                .map(budget -> budget.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .collect(Collectors.toSet());

        assertTrue(services(overlay).findAny().isPresent());
        services(overlay)
                .forEach(service -> assertAll(
                        Overlay.title(service),
                        () -> assertTrue(
                                guarded.contains(service.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                                        .asText())),
                        () -> assertEquals(
                                List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                                each(pod(service).path("topologySpreadConstraints"))
                                        .map(spread ->
                                                spread.path("topologyKey").asText())
                                        .toList()),
                        () -> assertEquals(
                                0,
                                service.at("/spec/strategy/rollingUpdate/maxUnavailable")
                                        .asInt(-1)),
                        () -> assertTrue(pod(service)
                                        .path("terminationGracePeriodSeconds")
                                        .asInt()
                                >= 45)));
    }

    @ParameterizedTest
    @MethodSource("io.livesale.kubernetes.Overlay#all")
    void nobodyTalksUnlessAPolicySaysSo(Overlay overlay) {
        JsonNode spec = overlay.one("NetworkPolicy", "default-deny").path("spec");

        assertTrue(spec.path("podSelector").isEmpty());
        assertFalse(spec.has("ingress") || spec.has("egress"));
        assertEquals(2, spec.path("policyTypes").size());
    }

    @ParameterizedTest
    @MethodSource("io.livesale.kubernetes.Overlay#all")
    void theNamespaceAdmitsNoOthers(Overlay overlay) {
        JsonNode namespace = overlay.ofKind("Namespace").findFirst().orElseThrow();

        assertEquals(
                "restricted",
                namespace
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText());
        overlay.objects().stream()
                .filter(object -> object != namespace)
                .forEach(object -> assertEquals(
                        Overlay.name(namespace),
                        object.at("/metadata/namespace").asText(),
                        Overlay.title(object)));
    }

    private static Stream<JsonNode> services(Overlay overlay) {
        return overlay.ofKind("Deployment");
    }

    private static Stream<DynamicTest> ofEveryWorkload(Consumer<JsonNode> check) {
        return Overlay.all()
                .flatMap(overlay -> overlay.workloads()
                        .map(workload ->
                                dynamicTest(overlay + ": " + Overlay.title(workload), () -> check.accept(workload))));
    }
}
