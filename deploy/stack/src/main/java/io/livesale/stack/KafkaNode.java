package io.livesale.stack;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * One of the nodes that are a Kafka together, broker and controller in one, on loopback. All are told of each other at
 * every start, of the same ones each time.
 *
 * @param id from 1, in turn
 * @param port for clients
 * @param controllerPort for the other nodes
 */
public record KafkaNode(int id, int port, int controllerPort) {
    /** What {@link #toString} wrote. */
    private static KafkaNode parse(String text) {
        int[] numbers =
                Arrays.stream(text.split(":")).mapToInt(Integer::parseInt).toArray();
        return new KafkaNode(numbers[0], numbers[1], numbers[2]);
    }

    /** As the command line has it: {@code id:port:controllerPort}. */
    @Override
    public String toString() {
        return id + ":" + port + ":" + controllerPort;
    }

    static String voters(List<KafkaNode> all) {
        return all.stream()
                .map(node -> node.id() + "@localhost:" + node.controllerPort())
                .collect(Collectors.joining(","));
    }

    /** The same at every node, and another than that of nodes which had one of these ports before. */
    static String clusterId(List<KafkaNode> all) {
        UUID id = UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
    }

    /**
     * Runs one as a process of its own, {@code KafkaNode <folder> <id> <id:port:controllerPort>...}. Topics are left to
     * whoever starts them all.
     */
    public static void main(String[] arguments) throws InterruptedException {
        List<KafkaNode> all =
                Arrays.stream(arguments).skip(2).map(KafkaNode::parse).toList();
        KafkaNode node = all.get(Integer.parseInt(arguments[1]) - 1);
        StandAlone.run(() -> KafkaBroker.start(Path.of(arguments[0]), node, all));
    }
}
