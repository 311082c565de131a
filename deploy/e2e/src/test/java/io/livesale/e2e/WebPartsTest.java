package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each service has its own copy of the web parts (decision 3), and a reader learns them once: the copies differ in their
 * package and nothing else.
 */
class WebPartsTest {
    private static final Path REPOSITORY = Path.of("..", "..");

    @ParameterizedTest
    @ValueSource(strings = {"catalog", "payout"})
    void areTheSameInEveryService(String service) throws IOException {
        List<Path> parts = parts();

        assertFalse(parts.isEmpty());
        for (Path part : parts) {
            Path copy = webFolder(service).resolve(part.getFileName());
            assertEquals(
                    Files.readString(part).replace("io.livesale.order", "io.livesale." + service),
                    Files.readString(copy),
                    copy::toString);
        }
    }

    private static List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(webFolder("order"))) {
            return files.toList();
        }
    }

    private static Path webFolder(String service) {
        return REPOSITORY.resolve(service + "-service/src/main/java/io/livesale/" + service + "/web");
    }
}
