package io.livesale.kubernetes;

import static io.livesale.kubernetes.Overlay.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** What the manifests say of the services is what these say of themselves. */
class ServicesTest {
    private static final String OTHERS = "live-sale";
    /** Connections of the replica that comes. */
    private static final int TO_MIGRATE = 2;
    /** Replication, backups, measuring and people. */
    private static final int LEFT_FOR_OTHERS = 20;

    @ParameterizedTest
    @MethodSource("ofEveryOverlay")
    void runsTheImagesThatTheBuildMakes(Overlay overlay, LiveSaleService service) throws Exception {
        assertEquals(
                Set.of(image(service.image())),
                deployments(overlay, service)
                        .flatMap(Overlay::containers)
                        .map(container -> container.path("image").asText())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("ofEveryOverlay")
    void reachesThemAtTheirPort(Overlay overlay, LiveSaleService service) {
        String port = service.properties().get("quarkus.http.port");

        deployments(overlay, service)
                .forEach(deployment -> each(deployment.at("/spec/template/spec/containers/0/ports"))
                        .forEach(open ->
                                assertEquals(port, open.path("containerPort").asText())));
        JsonNode spec = overlay.one("Service", service.image()).path("spec");
        assertEquals("http", spec.at("/ports/0/targetPort").asText());
        deployments(overlay, service)
                .forEach(deployment -> spec.path("selector")
                        .properties()
                        .forEach(label -> assertEquals(
                                label.getValue(),
                                deployment.at("/spec/template/metadata/labels").path(label.getKey()))));
    }

    /** The settings that have this service's prefix, wherever they are given. */
    @ParameterizedTest
    @MethodSource("ofEveryOverlay")
    void setsOnlyWhatTheyKnow(Overlay overlay, LiveSaleService service) throws Exception {
        Set<String> known = settings(service);
        Set<String> given = given(overlay).stream()
                .filter(name -> name.startsWith(service.variables()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertFalse(known.isEmpty());
        given.removeAll(known);
        assertEquals(Set.of(), given, "unknown to " + service.image());
    }

    @ParameterizedTest
    @MethodSource("io.livesale.kubernetes.Overlay#all")
    void setsNothingOfNobody(Overlay overlay) {
        assertEquals(
                List.of(),
                given(overlay).stream()
                        .filter(name -> !name.matches("(CATALOG|ORDER|PAYOUT|QUARKUS|KAFKA|MP_JWT)_.*"))
                        .toList());
    }

    /** A name that the platform does not know, or reads while it builds only, would be passed over without a word. */
    @ParameterizedTest
    @EnumSource
    void setsNothingThatThePlatformPassesOver(LiveSaleService service) {
        Set<String> known = PlatformSettings.of(service).names();

        assertFalse(known.contains("QUARKUS_OTEL_TRACES_SAMPLER"), "fixed by the build");
        Overlay.all().forEach(overlay -> {
            Set<String> given = given(overlay, service)
                    .filter(name -> !name.startsWith(service.variables()))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertTrue(given.contains("QUARKUS_DATASOURCE_REACTIVE_URL"), given::toString);
            given.removeAll(known);
            assertEquals(Set.of(), given, overlay + " " + service);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaIsMigratedByItsOwnerAndUsedByAnother(LiveSaleService service) {
        Overlay.all().flatMap(overlay -> deployments(overlay, service)).forEach(deployment -> {
            JsonNode migrate = deployment.at("/spec/template/spec/initContainers/0");
            JsonNode serve = deployment.at("/spec/template/spec/containers/0");
            String runtime = service.database() + "-database";

            assertTrue(secret(migrate, "QUARKUS_FLYWAY_USERNAME").startsWith(runtime + "-owner"));
            assertTrue(secret(serve, "QUARKUS_DATASOURCE_USERNAME").startsWith(runtime));
            assertFalse(secret(serve, "QUARKUS_DATASOURCE_USERNAME").contains("owner"));
            assertEquals("", secret(serve, "QUARKUS_FLYWAY_USERNAME"), "no owner serves");
            assertEquals("true", value(migrate, "QUARKUS_INIT_AND_EXIT"));
            assertEquals("false", value(serve, "QUARKUS_FLYWAY_MIGRATE_AT_START"));
        });
    }

    /** Of as many replicas as there may be, and of the one more that comes in an upgrade. */
    @ParameterizedTest
    @EnumSource
    void theDatabaseHasAConnectionForEveryReplica(LiveSaleService service) {
        Overlay production = Overlay.production();
        int most = deployments(production, service)
                .mapToInt(deployment ->
                        (1 + mostReplicas(production, Overlay.name(deployment))) * connections(service, deployment)
                                + TO_MIGRATE)
                .sum();
        int given = production
                .one("Cluster", service.database() + "-database")
                .at("/spec/postgresql/parameters/max_connections")
                .asInt();

        assertTrue(most <= given - LEFT_FOR_OTHERS, most + " of " + given);
    }

    private static int mostReplicas(Overlay overlay, String deployment) {
        return overlay.ofKind("HorizontalPodAutoscaler", "ScaledObject")
                .map(scaled -> scaled.path("spec"))
                .filter(spec -> spec.at("/scaleTargetRef/name").asText().equals(deployment))
                .mapToInt(spec -> spec.path("maxReplicas")
                        .asInt(spec.path("maxReplicaCount").asInt()))
                .findFirst()
                .orElseThrow();
    }

    private static int connections(LiveSaleService service, JsonNode deployment) {
        String given = value(deployment.at("/spec/template/spec/containers/0"), "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE");
        return Integer.parseInt(
                given.isEmpty() ? service.properties().get("quarkus.datasource.reactive.max-size") : given);
    }

    @Test
    void everySecretThatIsReferredToIsMadeLocally() {
        Overlay local = Overlay.local();
        Set<String> made = local.ofKind("Secret").map(Overlay::name).collect(Collectors.toSet());

        Set<String> referred = local.workloads()
                .flatMap(Overlay::containers)
                .flatMap(container -> Stream.of("secretRef", "secretKeyRef")
                        .flatMap(reference -> container.findValues(reference).stream()))
                .map(reference -> reference.path("name").asText())
                .collect(Collectors.toSet());

        assertFalse(referred.isEmpty());
        referred.removeAll(made);
        assertEquals(Set.of(), referred);
    }

    static Stream<Arguments> ofEveryOverlay() {
        return Overlay.all()
                .flatMap(overlay -> Stream.of(LiveSaleService.values()).map(service -> Arguments.of(overlay, service)));
    }

    private static Stream<JsonNode> deployments(Overlay overlay, LiveSaleService service) {
        return overlay.ofKind("Deployment")
                .filter(deployment -> deployment
                        .at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                        .asText()
                        .equals(service.image()));
    }

    private static Set<String> given(Overlay overlay) {
        return Stream.of(LiveSaleService.values())
                .flatMap(service -> given(overlay, service))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> given(Overlay overlay, LiveSaleService service) {
        Stream<String> sets = Stream.of(OTHERS, service.image())
                .flatMap(name -> overlay.generated("ConfigMap", name).path("data").properties().stream())
                .map(Map.Entry::getKey);
        Stream<String> variables = deployments(overlay, service)
                .flatMap(Overlay::containers)
                .flatMap(container -> each(container.path("env")))
                .map(variable -> variable.path("name").asText());
        return Stream.concat(sets, variables);
    }

    private static String secret(JsonNode container, String variable) {
        return variable(container, variable).at("/valueFrom/secretKeyRef/name").asText();
    }

    private static String value(JsonNode container, String variable) {
        return variable(container, variable).path("value").asText();
    }

    private static JsonNode variable(JsonNode container, String name) {
        return each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** As an environment names them. */
    private static Set<String> settings(LiveSaleService service) throws IOException, ClassNotFoundException {
        Path classes = service.folder().resolve("target/classes");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Settings.class"))
                    .toList()) {
                Class<?> type = Class.forName(
                        classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", ""));
                ConfigMapping mapping = type.getAnnotation(ConfigMapping.class);
                if (mapping != null) {
                    ConfigMappings.getProperties(new ConfigClass(type, mapping.prefix()))
                            .keySet()
                            .forEach(name ->
                                    names.add(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
                }
            }
        }
        return names;
    }

    /** As the build names it. */
    static String image(String name) throws Exception {
        return pom("//*[local-name()='quarkus.container-image.group']") + "/" + name + ":"
                + pom("/*/*[local-name()='version']");
    }

    private static String pom(String path) throws Exception {
        try (var text = Files.newInputStream(Overlay.ROOT.resolve("pom.xml"))) {
            return XPathFactory.newInstance().newXPath().evaluate(path, new InputSource(text));
        }
    }
}
