package io.livesale.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.livesale.local.Child;
import io.livesale.local.ServiceJvm;
import io.livesale.stack.FreePort;
import io.livesale.stack.KafkaNode;
import io.livesale.stack.Tokens;
import io.livesale.stack.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kafka on three nodes, PostgreSQL and two order-services; what is killed stays dead until it is started again here. */
final class ThreeBrokers implements AutoCloseable {
    private static final int ORDER_SERVICES = 2;
    private static final String DATABASE = "orders";
    private static final Path JAR = Path.of("../../order-service/target/quarkus-app/quarkus-run.jar");

    private final Path folder =
            Path.of("target", "system", "brokers-" + System.currentTimeMillis()).toAbsolutePath();
    private final Tokens tokens = new Tokens(Tokens.newKeyPair());
    private final int firstPort = FreePort.firstOfTen();
    private final List<KafkaNode> nodes = IntStream.rangeClosed(1, 3)
            .mapToObj(id -> new KafkaNode(id, firstPort + 2 * id - 2, firstPort + 2 * id - 1))
            .toList();
    private final int postgresPort = firstPort + 6;
    private final Map<Integer, Child> kafka = new HashMap<>();
    private final List<Child> orderServices = new ArrayList<>();
    private @Nullable Child postgres;

    private ThreeBrokers() {}

    /** Starts all and returns once orders can be placed; where that fails, nothing of it stays. */
    static ThreeBrokers start() {
        ThreeBrokers system = new ThreeBrokers();
        try {
            system.startAll();
            return system;
        } catch (RuntimeException | AssertionError e) {
            try {
                system.close();
            } catch (RuntimeException atClosing) {
                e.addSuppressed(atClosing);
            }
            throw e;
        }
    }

    private void startAll() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres =
                Child.startPostgres(log("postgresql"), folder.resolve("postgres"), postgresPort, Stream.of(DATABASE));
        start(ids());
        requireReady(postgres);
        Topics.createMissing(bootstrapServers());
        for (int number = 0; number < ORDER_SERVICES; number++) {
            orderServices.add(startOrderService(number));
        }
        origins()
                .forEach(origin -> await().atMost(Child.PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() ->
                                given().get(origin + "/q/health/ready").then().statusCode(200)));
    }

    /** Starts nodes side by side and returns once they take part. */
    void start(Collection<Integer> ids) {
        ids.forEach(id -> kafka.put(
                id, Child.startKafkaNode(log("kafka-" + id), folder.resolve("kafka-" + id), nodes.get(id - 1), nodes)));
        ids.forEach(id -> requireReady(kafka.get(id)));
    }

    private static void requireReady(Child child) {
        if (!child.saysReady()) {
            throw new IllegalStateException(child.name() + " did not become ready, see " + child.log());
        }
    }

    private Child startOrderService(int number) {
        String name = "order-service-" + (number + 1);
        String address = "localhost:" + postgresPort + "/" + DATABASE;
        Map<String, String> environment = new HashMap<>(ServiceJvm.ENVIRONMENT);
        environment.putAll(LocalSystem.COMPILED_QUICKLY);
        environment.putAll(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(orderPort(number))),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers()),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", DATABASE),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", DATABASE),
                Map.entry("QUARKUS_FLYWAY_USERNAME", DATABASE + "_owner"),
                Map.entry("QUARKUS_FLYWAY_PASSWORD", DATABASE + "_owner"),
                Map.entry("MP_JWT_VERIFY_PUBLICKEY", tokens.publicKey()),
                // A buyer here presses for many.
                Map.entry("ORDER_INTAKE_PACE_ENABLED", "false"),
                Map.entry("ORDER_PAYMENT_PROVIDER_URL", "http://localhost:9/nobody-pays-here"),
                Map.entry("ORDER_PAYMENT_WEBHOOK_SECRETS", "whsec_bm9ib2R5LXBheXMtaGVyZS1ub2JvZHktcGF5cw==")));
        return Child.startService(
                name, log(name), ServiceJvm.OPTIONS, JAR.toAbsolutePath().normalize(), environment);
    }

    private int orderPort(int number) {
        return firstPort + 7 + number;
    }

    private Path log(String process) {
        return folder.resolve(process + ".log");
    }

    /** Of the nodes. */
    Set<Integer> ids() {
        return nodes.stream().map(KafkaNode::id).collect(Collectors.toSet());
    }

    /** As kill -9 does; returns when they are gone. */
    void kill(Collection<Integer> ids) {
        ids.forEach(id -> kafka.get(id).process().destroyForcibly());
        ids.forEach(id -> kafka.get(id).process().onExit().join());
    }

    Set<Integer> dead() {
        return ids().stream().filter(id -> !kafka.get(id).process().isAlive()).collect(Collectors.toSet());
    }

    /** All nodes; at least one of them must be there. */
    String bootstrapServers() {
        return nodes.stream().map(node -> "localhost:" + node.port()).collect(Collectors.joining(","));
    }

    /** Of the order-services. */
    List<String> origins() {
        return IntStream.range(0, ORDER_SERVICES)
                .mapToObj(number -> "http://localhost:" + orderPort(number))
                .toList();
    }

    String tokenOf(String buyer) {
        return tokens.issue(buyer, Set.of("buyer"));
    }

    @Override
    public void close() {
        Closing.all(List.of(
                () -> orderServices.parallelStream().forEach(Child::stop),
                // A node that stops in order asks the others, which stop, too.
                () -> kill(kafka.keySet()),
                () -> Stream.ofNullable(postgres).forEach(Child::stop)));
    }
}
