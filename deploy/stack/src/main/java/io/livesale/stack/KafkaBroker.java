package io.livesale.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka in KRaft mode inside this JVM: all of it, or one of its nodes. Its log folder is formatted once and kept, so a
 * later start on the same folder continues where it was.
 */
public final class KafkaBroker implements AutoCloseable {
    /** So many nodes hold each record, when there are as many, and it is confirmed once all of these but one do. */
    private static final int COPIES = 3;
    /** Until a dead node is missed, what it led stands still: less than the ten seconds that an order waits for the log. */
    private static final Map<String, String> MISSED_SOON =
            Map.of("broker.session.timeout.ms", "5000", "broker.heartbeat.interval.ms", "1000");

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the only node of a Kafka.
     *
     * @param folder holds the logs; made when missing
     * @param port for clients; the controller listens on a free port of its own
     */
    public static KafkaBroker start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /** @param others more of its settings */
    public static KafkaBroker start(Path folder, int port, Map<String, String> others) {
        KafkaNode only = new KafkaNode(1, port, FreePort.next());
        return start(folder, only, List.of(only), others);
    }

    /**
     * Starts one of the nodes of a Kafka; returns once enough of them are there for it to take part. They are told of each
     * other at every start, the same ones each time.
     */
    public static KafkaBroker start(Path folder, KafkaNode node, List<KafkaNode> all) {
        return start(folder, node, all, MISSED_SOON);
    }

    private static KafkaBroker start(Path folder, KafkaNode node, List<KafkaNode> all, Map<String, String> others) {
        String copies = Integer.toString(Math.min(COPIES, all.size()));
        String copiesToConfirm = Integer.toString(Math.max(1, Math.min(COPIES, all.size()) - 1));
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(node.id())),
                Map.entry("controller.quorum.voters", KafkaNode.voters(all)),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://localhost:" + node.port() + ",CONTROLLER://localhost:" + node.controllerPort()),
                Map.entry("advertised.listeners", "PLAINTEXT://localhost:" + node.port()),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", copies),
                Map.entry("min.insync.replicas", copiesToConfirm),
                Map.entry("offsets.topic.replication.factor", copies),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", copies),
                Map.entry("transaction.state.log.min.isr", copiesToConfirm),
                // A new group must not wait three seconds for members that never come.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // In the newer group protocol the broker says how soon a dead member is missed, not the member.
                Map.entry("group.consumer.min.session.timeout.ms", "6000"),
                Map.entry("group.consumer.session.timeout.ms", "10000"),
                Map.entry("group.consumer.min.heartbeat.interval.ms", "1000"),
                Map.entry("group.consumer.heartbeat.interval.ms", "2000"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("share.coordinator.state.topic.replication.factor", copies),
                Map.entry("share.coordinator.state.topic.min.isr", copiesToConfirm)));
        properties.putAll(others);
        format(folder, node, all);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, node.port());
    }

    private static void format(Path folder, KafkaNode node, List<KafkaNode> all) {
        try {
            Files.createDirectories(folder);
            if (Files.exists(folder.resolve("meta.properties"))) {
                return;
            }
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .setClusterId(KafkaNode.clusterId(all))
                    .setNodeId(node.id())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format the Kafka folder " + folder, e);
        }
    }

    /** The {@code bootstrap.servers} value for clients. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Runs a broker with every topic as a process of its own:
     * {@code KafkaBroker <folder> <port> [<setting>=<value>…]}.
     */
    public static void main(String[] arguments) throws InterruptedException {
        StandAlone.run(() -> {
            Map<String, String> settings = Arrays.stream(arguments)
                    .skip(2)
                    .map(setting -> setting.split("=", 2))
                    .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
            KafkaBroker broker = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), settings);
            Topics.createMissing(broker.bootstrapServers());
            return broker;
        });
    }
}
