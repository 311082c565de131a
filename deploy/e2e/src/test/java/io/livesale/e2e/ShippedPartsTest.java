package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.livesale.e2e.BillOfMaterials.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we ship of others is known by file and by licence, and new parts are seen by whoever reads a change. */
class ShippedPartsTest {
    /** Those that ask no more of us than to keep notices, and of changes to the part itself no more than their source. */
    private static final Set<String> SHIPPABLE = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "UPL-1.0",
            "EPL-2.0",
            "CC0-1.0",
            "Public Domain");

    private static final String HEAD = """
            # Parts of others that the services ship
            Made of the bills of materials, `<service>/target/bom.json`, which have versions and hashes, too. `mvn verify`
            fails when this list is not what is shipped, and says where the new one is. Of several licences any may be
            chosen.""";

    private static final Path LIST = RepositoryFiles.ROOT.resolve("deploy/THIRD-PARTY.md");

    /** Packed anew by Quarkus, without the sender that it replaces: of another hash than the bill's. */
    private static final String PACKED_ANEW = "io.opentelemetry:opentelemetry-exporter-otlp";

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "order", "payout"})
    void theBillOfMaterialsNamesEveryJarAndNoOther(String service) throws IOException {
        Map<String, String> jars = jars(service);
        Map<String, String> parts = parts(service).stream()
                .filter(part -> !part.name().equals(PACKED_ANEW))
                .collect(Collectors.toMap(Part::sha256, Part::name));

        assertFalse(jars.isEmpty());
        assertEquals(Map.of(), without(jars, parts.keySet()), "shipped, but not named: make it anew by mvn package");
        assertEquals(Map.of(), without(parts, jars.keySet()), "named, but not shipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "order", "payout"})
    void everyPartMayBeShipped(String service) throws IOException {
        List<Part> parts = parts(service);

        assertEquals(
                List.of(),
                parts.stream()
                        .filter(part -> part.licences().stream().noneMatch(SHIPPABLE::contains))
                        .map(part -> part.name() + ": " + part.choice())
                        .toList());
    }

    @Test
    void theListOfPartsIsUpToDate() throws IOException {
        Map<String, TreeSet<String>> byLicence = new TreeMap<>();
        for (String service : List.of("catalog", "order", "payout")) {
            parts(service)
                    .forEach(part -> byLicence
                            .computeIfAbsent(part.choice(), licence -> new TreeSet<>())
                            .add(anyMachines(part.name())));
        }
        Path made = Files.writeString(Path.of("target", "THIRD-PARTY.md"), list(byLicence));

        assertEquals(
                Files.readString(made),
                Files.readString(LIST),
                () -> "look at what changed, then copy " + made.toAbsolutePath() + " to " + LIST);
    }

    /** Maven takes the library for the machine that it builds on, and the list is the same on all of them. */
    private static String anyMachines(String name) {
        return name.replaceFirst(":native-(linux|osx|windows)-.+", ":native-*");
    }

    private static String list(Map<String, TreeSet<String>> byLicence) {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        byLicence.forEach((licence, names) -> {
            lines.add("\n## " + licence);
            names.forEach(name -> lines.add("- " + name));
        });
        return String.join("\n", lines) + "\n";
    }

    private static List<Part> parts(String service) throws IOException {
        return BillOfMaterials.of(folder(service)).parts();
    }

    /** The paths of all jars but our own, by their SHA-256. */
    private static Map<String, String> jars(String service) throws IOException {
        Path folder = folder(service).resolve("target/quarkus-app/lib");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(PACKED_ANEW.replace(':', '.') + "-1"))
                    .collect(Collectors.toMap(
                            ShippedPartsTest::sha256,
                            file -> folder.relativize(file).toString()));
        }
    }

    private static String sha256(Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(hash);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> without(Map<String, String> all, Set<String> known) {
        Map<String, String> unknown = new TreeMap<>(all);
        unknown.keySet().removeAll(known);
        return unknown;
    }

    private static Path folder(String service) {
        return RepositoryFiles.ROOT.resolve(service + "-service");
    }
}
