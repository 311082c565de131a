package io.livesale.stack;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The promise a producer makes about one event: {@code <service>/contracts/<type>.schema.json} (JSON Schema 2020-12)
 * and {@code <type>.example.json}. The producer's test holds its serialised events against the schema; each consumer's
 * test reads the example.
 */
public final class EventContract {
    private final Path folder;
    private final String type;

    private EventContract(Path folder, String type) {
        this.folder = folder;
        this.type = type;
    }

    /**
     * @param service the producer's folder name, {@code order-service}
     * @param type the CloudEvents type, {@code order.paid}
     */
    public static EventContract of(String service, String type) {
        return new EventContract(repositoryRoot().resolve(service).resolve("contracts"), type);
    }

    /** The example event's data, JSON. */
    public String example() {
        return read(type + ".example.json");
    }

    /** What in this JSON breaks the schema; empty when nothing does. */
    public List<String> violations(String json) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read(type + ".schema.json"), InputFormat.JSON);
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("order-service"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
