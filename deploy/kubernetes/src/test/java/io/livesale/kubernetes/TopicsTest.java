package io.livesale.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.livesale.stack.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topics are the same wherever the system runs, and who may use them is whoever does. */
class TopicsTest {
    /** For operators, with the tools. */
    private static final String ALL_TOPICS = "topic *";

    private static final String COPIES = "min.insync.replicas";
    /** Kafka's own, which need not be said. */
    private static final Map<String, String> DEFAULTS = Map.of("cleanup.policy", "delete");

    private record Topic(int partitions, Map<String, String> settings) {}

    @Test
    void theLocalOnesAreThoseOfEveryTest() {
        String file = Overlay.local()
                .generated("ConfigMap", "topics")
                .at("/data/topics")
                .asText();

        Map<String, Topic> made = new TreeMap<>();
        file.lines()
                .map(line -> line.split(" "))
                .forEach(words -> made.put(
                        words[0],
                        new Topic(
                                Integer.parseInt(words[1]),
                                withDefaults(Arrays.stream(words)
                                        .skip(2)
                                        .map(setting -> setting.split("="))
                                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]))))));

        assertEquals(ofEveryTest(), made);
    }

    @Test
    void thoseInProductionAreThoseOfEveryTestThreeTimesOver() {
        Map<String, Topic> made = new TreeMap<>();
        Overlay.production().ofKind("KafkaTopic").forEach(topic -> {
            Map<String, String> settings = new HashMap<>();
            topic.at("/spec/config")
                    .properties()
                    .forEach(entry ->
                            settings.put(entry.getKey(), entry.getValue().asText()));
            assertEquals("2", settings.remove(COPIES), Overlay.title(topic));
            assertEquals(3, topic.at("/spec/replicas").asInt(), Overlay.title(topic));
            made.put(Overlay.name(topic), new Topic(topic.at("/spec/partitions").asInt(), withDefaults(settings)));
        });

        assertEquals(ofEveryTest(), made);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceMayUseTheTopicsAndGroupsOfItsChannels(LiveSaleService service) {
        Map<String, String> properties = service.properties();
        Map<String, Set<String>> needed = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (key.matches("mp\\.messaging\\.incoming\\..*\\.topic")) {
                needed.put("topic " + value, Set.of("Read", "Describe"));
            } else if (key.matches("mp\\.messaging\\.outgoing\\..*\\.topic")) {
                needed.put("topic " + value, Set.of("Write", "Describe"));
            } else if (key.matches("mp\\.messaging\\.incoming\\..*\\.group\\.id")) {
                needed.put("group " + value, Set.of("Read"));
            }
        });
        Map<String, Set<String>> granted = granted("kafka-" + service.image());

        assertTrue(needed.size() > 1);
        needed.forEach((resource, operations) -> assertTrue(
                granted.getOrDefault(resource, Set.of()).containsAll(operations), resource + " " + operations));
    }

    /** After a restore. */
    @Test
    void payoutServiceMayReadWhatItToldOfPayouts() {
        String topic = LiveSaleService.PAYOUT.properties().get("mp.messaging.outgoing.payouts.topic");

        assertTrue(granted("kafka-payout-service").get("topic " + topic).contains("Read"));
    }

    @Test
    void nobodyMayUseWhatIsNotThere() {
        Set<String> topics = ofEveryTest().keySet();

        Overlay.production()
                .ofKind("KafkaUser")
                .flatMap(user -> granted(Overlay.name(user)).keySet().stream())
                .filter(resource -> resource.startsWith("topic ") && !resource.equals(ALL_TOPICS))
                .forEach(resource -> assertTrue(topics.contains(resource.substring(6)), resource));
    }

    /** One replica decides a partition. */
    @Test
    void thereAreNoMoreReplicasThanPartitions() {
        List<JsonNode> scaled = Overlay.production().ofKind("ScaledObject").toList();

        assertTrue(scaled.size() > 1);
        scaled.forEach(one -> {
            JsonNode lag = one.at("/spec/triggers/0/metadata");
            assertEquals(
                    ofEveryTest().get(lag.path("topic").asText()).partitions(),
                    one.at("/spec/maxReplicaCount").asInt());
            assertTrue(granted("kafka-lag")
                    .containsKey("group " + lag.path("consumerGroup").asText()));
        });
    }

    private static Map<String, Topic> ofEveryTest() {
        return Topics.all().stream()
                .collect(Collectors.toMap(
                        topic -> topic.name(),
                        topic -> new Topic(topic.numPartitions(), withDefaults(topic.configs())),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Map<String, String> withDefaults(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(settings);
        return all;
    }

    private static Map<String, Set<String>> granted(String user) {
        Map<String, Set<String>> granted = new TreeMap<>();
        Overlay.each(Overlay.production().one("KafkaUser", user).at("/spec/authorization/acls"))
                .forEach(rule -> granted.computeIfAbsent(
                                rule.at("/resource/type").asText() + " "
                                        + rule.at("/resource/name").asText(),
                                resource -> new TreeSet<>())
                        .addAll(words(rule.path("operations")).toList()));
        return granted;
    }

    private static Stream<String> words(JsonNode array) {
        return Overlay.each(array).map(JsonNode::asText);
    }
}
