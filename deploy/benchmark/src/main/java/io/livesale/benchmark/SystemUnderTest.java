package io.livesale.benchmark;

import io.livesale.local.Child;
import io.livesale.local.ServiceJvm;
import io.livesale.stack.Folders;
import io.livesale.stack.FreePort;
import io.livesale.stack.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL and one order-service, each a process of its own, on ports of their own. Flushing is on, as in
 * production; the data goes when this is closed.
 */
final class SystemUnderTest implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Lab lab;
    private final Path folder;
    private final String logPrefix;
    private final int kafkaPort = FreePort.next();
    private final int postgresPort = FreePort.next();
    private final int httpPort = FreePort.next();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Broker broker = new Broker("localhost:" + kafkaPort);
    private @Nullable Child kafka;
    private @Nullable Child postgres;
    private @Nullable Database database;
    private @Nullable Child orderService;
    private long accepted;

    SystemUnderTest(Lab lab, String name) {
        this.lab = lab;
        this.folder = lab.folder().resolve(name);
        this.logPrefix = name + "-";
    }

    void start(int partitions) {
        kafka = Child.startKafka(log("kafka"), folder.resolve("kafka"), kafkaPort);
        postgres = Child.startPostgres(log("postgresql"), postgresFolder(), postgresPort, Stream.of(Database.NAME));
        for (Child server : List.of(kafka, postgres)) {
            if (!server.saysReady()) {
                throw notReady(server);
            }
        }
        database = new Database(postgresPort);
        broker.prepare(partitions);
    }

    private static CannotRun notReady(Child child) {
        return new CannotRun(child.name() + " did not become ready, see " + child.log());
    }

    private Path log(String process) {
        return lab.settings().logs().resolve(logPrefix + process + ".log");
    }

    private Path postgresFolder() {
        return folder.resolve("postgres");
    }

    /** Starts order-service anew, cold. Not deciding, it accepts only: the processor is idle. */
    void startOrderService(boolean deciding) {
        stopOrderService();
        lab.progress().say("starting order-service, %s", deciding ? "deciding" : "accepting only");
        Child started = Child.startService(
                "order-service",
                log("order-service"),
                lab.settings().orderJava(),
                lab.settings().orderJar(),
                environment(deciding));
        orderService = started;
        long deadline = System.nanoTime() + Child.PATIENCE.toNanos();
        while (status("/q/health/ready") != 200) {
            if (!started.process().isAlive() || System.nanoTime() > deadline) {
                throw notReady(started);
            }
            Lab.pause(LOOK_AGAIN);
        }
    }

    void stopOrderService() {
        if (orderService != null) {
            orderService.stop();
            orderService = null;
        }
    }

    private Map<String, String> environment(boolean deciding) {
        String address = "localhost:" + postgresPort + "/" + Database.NAME;
        Map<String, String> environment = new HashMap<>(ServiceJvm.ENVIRONMENT);
        environment.putAll(Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(httpPort)),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + kafkaPort),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + address),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", Database.NAME),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", Database.NAME),
                Map.entry("QUARKUS_FLYWAY_USERNAME", Database.NAME + "_owner"),
                Map.entry("QUARKUS_FLYWAY_PASSWORD", Database.NAME + "_owner"),
                Map.entry("MP_JWT_VERIFY_PUBLICKEY", lab.tokens().publicKey()),
                Map.entry("MP_JWT_VERIFY_ISSUER", Tokens.ISSUER),
                Map.entry("MP_JWT_VERIFY_AUDIENCES", Tokens.AUDIENCE),
                Map.entry("ORDER_PAYMENT_PROVIDER_URL", "http://localhost:9/nobody-pays-here"),
                Map.entry("ORDER_PAYMENT_WEBHOOK_SECRETS", "whsec_bm9ib2R5LXBheXMtaGVyZS1ub2JvZHktcGF5cw=="),
                // Nothing is to expire while it is measured.
                Map.entry("ORDER_PAYMENT_WINDOW", "PT24H"),
                Map.entry("ORDER_INTAKE_NO_OP", "true"),
                Map.entry("ORDER_PROCESSING_ENABLED", Boolean.toString(deciding))));
        return environment;
    }

    /** Opens so many offers that never sell out and waits until order-service sells them; it must be deciding. */
    List<UUID> openOffers(int count) {
        List<UUID> offers = Stream.generate(UUID::randomUUID).limit(count).toList();
        broker.open(offers);
        long deadline = System.nanoTime() + Child.PATIENCE.toNanos();
        for (UUID offer : offers) {
            while (status("/availability/" + offer) != 200) {
                if (System.nanoTime() > deadline) {
                    throw new CannotRun("order-service does not hear of its offers, see " + log("order-service"));
                }
                Lab.pause(LOOK_AGAIN);
            }
        }
        return offers;
    }

    private int status(String path) {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }

    /** Connections to the order-service that runs now. */
    Load load() {
        return new Load(httpPort, lab.plan().connections());
    }

    /** Orders that were accepted, warm-up included, and so must be found in the end. */
    long accepted() {
        return accepted;
    }

    void addAccepted(long orders) {
        accepted += orders;
    }

    Database database() {
        return present(database);
    }

    Broker broker() {
        return broker;
    }

    long orderServicePid() {
        return present(orderService).process().pid();
    }

    /** For the {@link Meter}. */
    Map<Actor, Long> processes() {
        Map<Actor, Long> processes = new EnumMap<>(Actor.class);
        if (orderService != null) {
            processes.put(Actor.ORDER_SERVICE, orderServicePid());
        }
        processes.put(Actor.KAFKA, present(kafka).process().pid());
        processes.put(Actor.POSTGRESQL, postmaster());
        processes.put(Actor.GENERATOR, ProcessHandle.current().pid());
        return processes;
    }

    private long postmaster() {
        try (Stream<String> lines = Files.lines(postgresFolder().resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T present(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    @Override
    public synchronized void close() {
        stopOrderService();
        if (database != null) {
            database.close();
            database = null;
        }
        Stream.of(kafka, postgres).parallel().forEach(server -> {
            if (server != null) {
                server.stop();
            }
        });
        kafka = null;
        postgres = null;
        Folders.delete(folder);
    }
}
