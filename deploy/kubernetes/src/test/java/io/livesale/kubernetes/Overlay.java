package io.livesale.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code kubectl kustomize} makes of an overlay, object by object. */
record Overlay(String name, List<JsonNode> objects) {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Map<String, Overlay> BUILT = new ConcurrentHashMap<>();

    static Overlay local() {
        return named("overlays/local");
    }

    static Overlay production() {
        return named("overlays/production");
    }

    /** The local one with tokens for anyone. */
    static Overlay sandbox() {
        return named("overlays/sandbox");
    }

    /** The local one behind an ingress, as an operator would add it: with the components that no overlay of ours uses. */
    static Overlay withOtherComponents() {
        return on("local", "with-other-components", """
                components:
                  - ../../components/ingress
                  - ../../components/certificate
                  - ../../components/tracing
                """);
    }

    /** One of an operator's own, on top of one of ours. */
    static Overlay on(String ours, String name, String kustomization) {
        return made(name, "namespace: live-sale\nresources: [../../overlays/" + ours + "]\n" + kustomization);
    }

    /** One of an operator's own, whole, with a key set beside it. */
    static Overlay made(String name, String kustomization) {
        Path folder = Path.of("target", name);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("keys.json"), "{\"keys\": []}");
            Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return named(folder.toString());
    }

    static Stream<Overlay> all() {
        return Stream.of(local(), sandbox(), production(), withOtherComponents());
    }

    private static Overlay named(String folder) {
        return BUILT.computeIfAbsent(folder, Overlay::build);
    }

    private static Overlay build(String folder) {
        try {
            Path errors = Files.createTempFile(Path.of("target"), "kustomize-", ".err");
            Process kubectl = kustomize(folder, errors);
            List<JsonNode> objects;
            try (InputStream output = kubectl.getInputStream();
                    MappingIterator<JsonNode> documents =
                            YAML.readerFor(JsonNode.class).readValues(output)) {
                objects = documents.readAll();
            }
            assertEquals(0, kubectl.waitFor(), () -> read(errors));
            assertEquals("", read(errors), "kustomize warns");
            return new Overlay(Path.of(folder).getFileName().toString(), objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Who has no kubectl goes without these tests; a build that is to be relied on does not. */
    private static Process kustomize(String folder, Path errors) throws IOException {
        try {
            return new ProcessBuilder("kubectl", "kustomize", folder)
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(System.getenv("CI") != null, "no kubectl");
            throw e;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> ofKind(String... kinds) {
        return objects.stream()
                .filter(object -> List.of(kinds).contains(object.path("kind").asText()));
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + this.name));
    }

    /** By its name before kustomize appended a hash. */
    JsonNode generated(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name(object).matches(name + "-[a-z0-9]{10}"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + "-<hash> in " + this.name));
    }

    /** Whatever runs pods that we describe ourselves. */
    Stream<JsonNode> workloads() {
        return ofKind("Deployment", "StatefulSet", "Job", "CronJob", "DaemonSet");
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String title(JsonNode object) {
        return object.path("kind").asText() + " " + name(object);
    }

    static JsonNode pod(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    static Stream<JsonNode> containers(JsonNode workload) {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> each(pod(workload).path(kind)));
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return name;
    }
}
