package io.livesale.stack;

import io.livesale.stack.PostgresServer.Durability;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Real Kafka and PostgreSQL for a service's tests, started once per JVM:
 * {@code @QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "orders"))}.
 */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    private String database = "";

    @Override
    public void init(Map<String, String> initArgs) {
        database = initArgs.get("database");
    }

    @Override
    public Map<String, String> start() {
        Running.POSTGRES.provision(database);
        String address = "localhost:" + Running.POSTGRES.port() + "/" + database;
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", Running.KAFKA.bootstrapServers()),
                Map.entry("quarkus.datasource.reactive.url", "postgresql://" + address),
                Map.entry("quarkus.datasource.jdbc.url", "jdbc:postgresql://" + address),
                Map.entry("quarkus.datasource.username", database),
                Map.entry("quarkus.datasource.password", database),
                Map.entry("quarkus.flyway.username", database + "_owner"),
                Map.entry("quarkus.flyway.password", database + "_owner"),
                Map.entry("mp.jwt.verify.publickey", Tokens.FOR_TESTS.publicKey()),
                Map.entry("smallrye.jwt.sign.relax-key-validation", "true"),
                Map.entry("smallrye.jwt.verify.relax-key-validation", "true"),
                Map.entry("mp.jwt.verify.issuer", Tokens.ISSUER),
                Map.entry("mp.jwt.verify.audiences", Tokens.AUDIENCE));
    }

    @Override
    public void stop() {
        // The servers serve every test of this JVM and end with it.
    }

    /** Lazily started, exactly once, by the class loader. */
    private static final class Running {
        private static final Path FOLDER = temporaryFolder();
        static final KafkaBroker KAFKA = KafkaBroker.start(FOLDER.resolve("kafka"), FreePort.next());
        static final PostgresServer POSTGRES =
                PostgresServer.start(FOLDER.resolve("postgres"), FreePort.next(), Durability.OFF);

        static {
            Topics.createMissing(KAFKA.bootstrapServers());
            Runtime.getRuntime().addShutdownHook(new Thread(Running::stop, "stack-shutdown"));
        }

        private static void stop() {
            KAFKA.close();
            POSTGRES.close();
            Folders.delete(FOLDER);
        }

        private static Path temporaryFolder() {
            try {
                return Files.createTempDirectory("livesale-stack");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
