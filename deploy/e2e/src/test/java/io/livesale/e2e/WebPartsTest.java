package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each service has its own copy of the web parts (decision 3), and a reader learns them once: the copies differ in their
 * package and nothing else.
 */
class WebPartsTest {
    private static final Path REPOSITORY = Path.of("..", "..");
    /** {@code NOT_FOUND(404, "…")}, or {@code "NOT_FOUND", "…"}. */
    private static final Pattern TITLE = Pattern.compile("\"?([A-Z][A-Z_]+)(?:\\(\\d+|\"), \"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "payout"})
    void areTheSameInEveryService(String service) throws IOException {
        List<Path> parts = parts();

        assertFalse(parts.isEmpty());
        for (Path part : parts) {
            Path copy = webFolder(service).resolve(webFolder("order").relativize(part));
            assertEquals(
                    Files.readString(part).replace("io.livesale.order", "io.livesale." + service),
                    Files.readString(copy),
                    copy::toString);
        }
    }

    /** What is refused in two places is titled alike: a title is the code's, whoever says it. */
    @Test
    void refusalsOfOneCodeHaveOneTitleEverywhere() throws IOException {
        Map<String, Set<String>> titles = new TreeMap<>();
        for (String source : List.of(
                "catalog-service/src/main/java/io/livesale/catalog/Problem.java",
                "order-service/src/main/java/io/livesale/order/Problem.java",
                "payout-service/src/main/java/io/livesale/payout/Problem.java",
                "deploy/local/src/main/java/io/livesale/local/Problems.java")) {
            TITLE.matcher(Files.readString(REPOSITORY.resolve(source)))
                    .results()
                    .forEach(title -> titles.computeIfAbsent(title.group(1), code -> new TreeSet<>())
                            .add(title.group(2)));
        }

        assertTrue(titles.containsKey("NOT_FOUND") && titles.containsKey("SOLD_OUT"), titles::toString);
        titles.forEach((code, all) -> assertEquals(1, all.size(), code + " " + all));
    }

    private static List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(webFolder("order"))) {
            return Stream.concat(files, Stream.of(webFolder("order").resolve("../CallerTrace.java")))
                    .toList();
        }
    }

    private static Path webFolder(String service) {
        return REPOSITORY.resolve(service + "-service/src/main/java/io/livesale/" + service + "/web");
    }
}
