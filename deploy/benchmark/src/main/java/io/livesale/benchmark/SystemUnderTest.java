package io.livesale.benchmark;

import io.livesale.local.Child;
import io.livesale.local.ServiceJvm;
import io.livesale.stack.Folders;
import io.livesale.stack.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL and the service that is measured, each a process of its own, on ports of their own. Flushing is on,
 * as in production; the data goes when this is closed.
 */
final class SystemUnderTest implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** Payout-service's database. */
    static final String PAYOUTS = "payouts";

    private static final String ORDER_SERVICE = "order-service";
    /** Catalog-service's database. */
    private static final String CATALOG = "catalog";

    private final Lab lab;
    private final Path folder;
    private final String logPrefix;
    private final int kafkaPort = FreePort.next();
    private final int postgresPort = FreePort.next();
    private final Broker broker = new Broker("localhost:" + kafkaPort);
    private final ServiceProcess orderService;
    private final ServiceProcess catalogService;
    private final ServiceProcess payoutService;
    private @Nullable Child kafka;
    private @Nullable Child postgres;
    private @Nullable Database database;
    private long accepted;

    SystemUnderTest(Lab lab, String name) {
        this.lab = lab;
        this.folder = lab.folder().resolve(name);
        this.logPrefix = name + "-";
        this.orderService = service(ORDER_SERVICE, Database.NAME);
        this.catalogService = service("catalog-service", CATALOG);
        this.payoutService = service("payout-service", PAYOUTS);
    }

    private ServiceProcess service(String service, String database) {
        return new ServiceProcess(
                service,
                lab.settings().jar(service),
                log(service),
                ServiceProcess.environment(database, postgresPort, kafkaPort, lab.tokens()));
    }

    void start(int partitions) {
        kafka = Child.startKafka(log("kafka"), folder.resolve("kafka"), kafkaPort);
        postgres = Child.startPostgres(
                log("postgresql"), postgresFolder(), postgresPort, Stream.of(Database.NAME, CATALOG, PAYOUTS));
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
        orderService.start(
                lab.settings().orderJava(),
                Map.of(
                        "ORDER_PAYMENT_PROVIDER_URL", "http://localhost:9/nobody-pays-here",
                        "ORDER_PAYMENT_WEBHOOK_SECRETS", "whsec_bm9ib2R5LXBheXMtaGVyZS1ub2JvZHktcGF5cw==",
                        // Nothing is to expire while it is measured.
                        "ORDER_PAYMENT_WINDOW", "PT24H",
                        "ORDER_INTAKE_NO_OP", "true",
                        "ORDER_PROCESSING_ENABLED", Boolean.toString(deciding)));
    }

    void stopOrderService() {
        orderService.stop();
    }

    /** Starts catalog-service anew, cold. */
    ServiceProcess startCatalogService() {
        lab.progress().say("starting catalog-service");
        catalogService.start(ServiceJvm.OPTIONS, Map.of());
        return catalogService;
    }

    /** Starts payout-service anew, cold; it posts whatever the log holds. */
    ServiceProcess startPayoutService() {
        lab.progress().say("starting payout-service");
        payoutService.start(
                ServiceJvm.OPTIONS,
                Map.of(
                        "PAYOUT_ACCOUNT_KEYS", "none:bm9ib2R5LWlzLXBhaWQtaGVyZS0hLS0tLS0tLS0tLS0=",
                        "PAYOUT_PROVIDER_URL", "http://localhost:9/nobody-is-paid-here",
                        "PAYOUT_PROVIDER_WEBHOOK_SECRETS", "whsec_bm9ib2R5LXBheXMtaGVyZS1ub2JvZHktcGF5cw=="));
        return payoutService;
    }

    /** Payout-service's database, over a connection that is the caller's to close; there once the service has started. */
    Database ledger() {
        return new Database(postgresPort, PAYOUTS);
    }

    /** Opens so many offers that never sell out and waits until order-service sells them; it must be deciding. */
    List<UUID> openOffers(int count) {
        List<UUID> offers = Stream.generate(UUID::randomUUID).limit(count).toList();
        broker.open(offers);
        long deadline = System.nanoTime() + Child.PATIENCE.toNanos();
        for (UUID offer : offers) {
            while (orderService.status("/availability/" + offer) != 200) {
                if (System.nanoTime() > deadline) {
                    throw new CannotRun("order-service does not hear of its offers, see " + log(ORDER_SERVICE));
                }
                Lab.pause(LOOK_AGAIN);
            }
        }
        return offers;
    }

    /** Connections to the order-service that runs now. */
    Load load() {
        return load(lab.plan().connections());
    }

    Load load(int connections) {
        return new Load(orderService.port(), connections);
    }

    ServiceProcess orderService() {
        return orderService;
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
        return orderService.pid();
    }

    /** For the {@link Meter}. */
    Map<Actor, Long> processes() {
        Map<Actor, Long> processes = new EnumMap<>(Actor.class);
        if (orderService.isRunning()) {
            processes.put(Actor.ORDER_SERVICE, orderServicePid());
        }
        if (payoutService.isRunning()) {
            processes.put(Actor.PAYOUT_SERVICE, payoutService.pid());
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
        orderService.stop();
        catalogService.stop();
        payoutService.stop();
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
