package io.livesale.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.utils.Utils;

/** Which node of a Kafka leads what, and who follows. */
final class Leaders implements AutoCloseable {
    private static final String OFFSETS = "__consumer_offsets";

    private final Admin admin;

    Leaders(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** The node that coordinates the nodes. */
    int controller() {
        return get(admin.describeMetadataQuorum().quorumInfo()).leaderId();
    }

    int leaderOf(TopicPartition partition) {
        return described(partition).leader().id();
    }

    /** Where the group keeps how far it has read; whoever leads this partition coordinates the group. */
    TopicPartition offsetsOf(String group) {
        int partitions = partitions(OFFSETS).size();
        return new TopicPartition(OFFSETS, Utils.abs(group.hashCode()) % partitions);
    }

    /** Asks for another leader of partitions, one that has a copy of each. */
    void askFor(int node, Set<TopicPartition> partitions) {
        Map<TopicPartition, Optional<NewPartitionReassignment>> preferred = partitions.stream()
                .collect(Collectors.toMap(
                        partition -> partition, partition -> Optional.of(copiesWithFirst(node, partition))));
        get(admin.alterPartitionReassignments(preferred).all());
        get(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions());
    }

    /** The first is the preferred leader. */
    private NewPartitionReassignment copiesWithFirst(int node, TopicPartition partition) {
        return new NewPartitionReassignment(described(partition).replicas().stream()
                .map(Node::id)
                .sorted(Comparator.comparing(copy -> copy != node))
                .toList());
    }

    /** Of each partition of every topic the number of copies that are up to date. */
    List<Integer> copiesInSync() {
        Set<String> topics =
                get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        return get(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> partition.isr().size())
                .toList();
    }

    private TopicPartitionInfo described(TopicPartition partition) {
        return partitions(partition.topic()).get(partition.partition());
    }

    private List<TopicPartitionInfo> partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions();
    }

    private static <T> T get(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        admin.close();
    }
}
