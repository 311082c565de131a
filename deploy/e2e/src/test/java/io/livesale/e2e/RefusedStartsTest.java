package io.livesale.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A service as it is shipped has no secret of its own: without those of its operator it does not start, and says why. */
class RefusedStartsTest {
    /** Everything else is there; and no database is needed to get as far as the settings. */
    private static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_HTTP_PORT", "0",
            "KAFKA_BOOTSTRAP_SERVERS", "localhost:1",
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/nobody",
            "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:1/nobody",
            "QUARKUS_DATASOURCE_USERNAME", "nobody",
            "QUARKUS_FLYWAY_MIGRATE_AT_START", "false",
            "ORDER_PAYMENT_PROVIDER_URL", "http://localhost:1",
            "PAYOUT_PROVIDER_URL", "http://localhost:1");

    /** The key of tokens is asked for by the same code in each of them, see {@link WebPartsTest}. */
    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("catalog", List.of("mp.jwt.verify.publickey")),
                Arguments.of("order", List.of("order.payment.webhook-secrets")),
                Arguments.of("payout", List.of("payout.provider.webhook-secrets", "payout.account-keys")));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void namesTheSecretsItLacks(String service, List<String> secrets) throws IOException, InterruptedException {
        Path output = Path.of("target", "refused-start-" + service + ".log");
        Process process = start(service, output);

        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();

        String told = Files.readString(output);
        assertTrue(ended, told);
        assertNotEquals(0, process.exitValue());
        assertEquals(
                List.of(),
                secrets.stream().filter(secret -> !told.contains(secret)).toList(),
                told);
    }

    private static Process start(String service, Path output) throws IOException {
        Path jar = RepositoryFiles.ROOT.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(SETTINGS);
        return builder.start();
    }
}
