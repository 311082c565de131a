package io.livesale.e2e.faults;

import io.livesale.e2e.Closing;
import io.livesale.local.Child;
import io.livesale.local.LocalParts;
import io.livesale.stack.FreePort;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.byteman.agent.Main;

/**
 * The system under faults: Kafka, PostgreSQL, catalog-service, two replicas of order-service and payout-service, each a
 * process of its own, with a proxy in front of Kafka and one between each service's process and its database.
 */
final class Site implements AutoCloseable {
    static final String KAFKA = "kafka";
    static final String POSTGRES = "postgresql";
    static final String CATALOG = "catalog-service";
    static final String ORDER = "order-service";
    static final String ORDER_2 = "order-service-2";
    static final String PAYOUT = "payout-service";

    /** Days of waiting become seconds, so that a run sees whole lives of orders and of money. */
    private static final Map<String, String> SHORT_LIVES = Map.ofEntries(
            Map.entry("ORDER_PAYMENT_WINDOW", "PT15S"),
            Map.entry("ORDER_AFTER_SALES_WINDOW", "PT4S"),
            Map.entry("ORDER_REFUNDS_FIRST_RETRY", "PT2S"),
            Map.entry("ORDER_REFUNDS_LONGEST_RETRY", "PT5S"),
            Map.entry("PAYOUT_SETTLEMENT_PERIOD_EXPRESS", "PT2S"),
            Map.entry("PAYOUT_SETTLEMENT_PERIOD_STANDARD", "PT4S"),
            Map.entry("PAYOUT_SETTLEMENT_PERIOD_EXTENDED", "PT6S"),
            Map.entry("PAYOUT_RELEASING_CHECK", "PT1S"),
            Map.entry("PAYOUT_SENDING_PAUSE", "PT1S"),
            Map.entry("PAYOUT_SENDING_FIRST_RETRY", "PT2S"),
            Map.entry("PAYOUT_SENDING_LONGEST_RETRY", "PT5S"),
            Map.entry("PAYOUT_SENDING_ASK_AGAIN", "PT5S"),
            Map.entry("PAYOUT_ACCOUNTS_FIRST_RETRY", "PT2S"),
            Map.entry("PAYOUT_ACCOUNTS_LONGEST_RETRY", "PT5S"));

    /** Processes that are killed again and again never win back what the second compiler takes of few cores. */
    private static final String COMPILED_QUICKLY = "-XX:TieredStopAtLevel=1";

    private final LocalParts parts;
    private final Path folder;
    private final TcpProxy kafka;
    private final Map<String, TcpProxy> databases = new HashMap<>();
    private final List<SmallDisk> disks = new ArrayList<>();
    private final Map<String, Part> all = new LinkedHashMap<>();
    private final Map<String, Integer> failpointPorts = new HashMap<>();
    /** What a service's process is started with beside the usual, until it is taken back. */
    private final Map<String, Map<String, String>> extraEnvironment = new ConcurrentHashMap<>();

    /** For Ctrl-C, and for whoever ends a build that takes too long. */
    private final Thread atExit = new Thread(this::close, "site-shutdown");

    private boolean closed;

    private Site(LocalParts parts, Path folder) {
        this.parts = parts;
        this.folder = folder;
        this.kafka = TcpProxy.to(parts.kafkaPort(), Watches::produce);
        all.put(POSTGRES, new Part(POSTGRES, parts::startPostgres, Child::saysReady));
        all.put(KAFKA, new Part(KAFKA, this::startKafka, Child::saysReady));
        for (String service : parts.services()) {
            databases.put(service, TcpProxy.to(parts.postgresPort(), Watches::commit));
            failpointPorts.put(service, FreePort.next());
            all.put(
                    service,
                    new Part(service, () -> startService(service), child -> parts.awaitReady(child, Child.PATIENCE)));
        }
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @param folder for data, logs and the journal
     * @param port the gateway's, the others follow
     * @param smallDisks whether Kafka and PostgreSQL get file systems of their own, in memory, that can be filled; needs
     *     the right to mount
     */
    static Site start(Path repository, Path folder, int port, boolean smallDisks) {
        Site site = new Site(LocalParts.open(repository, folder.resolve("data"), port, 2), folder);
        Runtime.getRuntime().addShutdownHook(site.atExit);
        try {
            if (smallDisks) {
                site.disks.add(SmallDisk.mount(site.kafkaFolder()));
                site.disks.add(SmallDisk.mount(site.postgresFolder()));
            }
            site.all.values().forEach(Part::start);
            return site;
        } catch (RuntimeException e) {
            try {
                site.close();
            } catch (RuntimeException atClosing) {
                e.addSuppressed(atClosing);
            }
            throw e;
        }
    }

    private Child startKafka() {
        return parts.startKafka(Map.of(
                "advertised.listeners",
                "PLAINTEXT://localhost:" + kafka.port(),
                // A broker that was killed is over in a second or two, and so is an idle group's wait.
                "replica.lag.time.max.ms",
                "10000"));
    }

    private Child startService(String name) {
        parts.gone(name);
        Map<String, String> environment = new HashMap<>(SHORT_LIVES);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "localhost:" + kafka.port());
        environment.put(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://localhost:" + databases.get(name).port() + "/" + parts.database(name));
        environment.putAll(extraEnvironment.getOrDefault(name, Map.of()));
        return parts.startService(name, List.of(failpoints(name), COMPILED_QUICKLY), environment);
    }

    /** Lets {@link Failpoint} reach into it. */
    private String failpoints(String service) {
        return "-javaagent:" + byteman() + "=listener:true,address:localhost,port:" + failpointPorts.get(service);
    }

    private static Path byteman() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param name one of this class's constants */
    Part part(String name) {
        return all.get(name);
    }

    /** Every process of every service. */
    List<String> services() {
        return parts.services();
    }

    List<Part> parts() {
        return new ArrayList<>(all.values());
    }

    TcpProxy kafkaProxy() {
        return kafka;
    }

    TcpProxy databaseProxy(String service) {
        return databases.get(service);
    }

    int failpointPort(String service) {
        return failpointPorts.get(service);
    }

    /** What the service's process is started with from its next start on. */
    void environment(String service, Map<String, String> extra) {
        extraEnvironment.put(service, extra);
    }

    String origin() {
        return parts.origin();
    }

    /** The service's process itself, past the gateway. */
    String origin(String service) {
        return "http://localhost:" + parts.port(service);
    }

    int port(String service) {
        return parts.port(service);
    }

    String bootstrapServers() {
        return "localhost:" + kafka.port();
    }

    String paymentWebhookSecret() {
        return parts.paymentWebhookSecret();
    }

    String payoutWebhookSecret() {
        return parts.payoutWebhookSecret();
    }

    Path folder() {
        return folder;
    }

    Path kafkaFolder() {
        return parts.kafkaFolder();
    }

    Path postgresFolder() {
        return parts.postgresFolder();
    }

    Path log(String part) {
        return parts.log(part);
    }

    /** The database of this service, with its own rights, past the proxies. */
    Connection database(String service) throws SQLException {
        String name = parts.database(service);
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + parts.postgresPort() + "/" + name, name, name);
    }

    /** Everything passes and nothing stands still any more. */
    void heal() {
        kafka.heal();
        databases.values().forEach(TcpProxy::heal);
        all.values().forEach(Part::thaw);
    }

    boolean isReady() {
        return all.values().stream().allMatch(Part::isReady);
    }

    /** Ends everything, whatever of it was started; what goes wrong on the way is told when all is done. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<AutoCloseable> steps = new ArrayList<>();
        steps.add(this::forgetExit);
        all.values().forEach(part -> steps.add(part::thaw));
        List<Part> last = parts();
        Collections.reverse(last);
        last.forEach(part -> steps.add(part::stop));
        steps.add(kafka);
        steps.addAll(databases.values());
        steps.add(parts);
        steps.addAll(disks);
        Closing.all(steps);
    }

    private void forgetExit() {
        if (Thread.currentThread() != atExit) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
