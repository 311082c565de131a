package io.livesale.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log from outside: how long it is, what it says of outcomes, and offers put into it as catalog would. */
final class Broker {
    private static final String OFFERS = "offers.v1";
    private static final String COMMANDS = "order-commands.v1";
    private static final String ORDERS = "orders.v1";
    private static final List<String> OUTCOMES = List.of("order.reserved", "order.rejected");
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final int AGAIN = 100;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int DIGITS = 3;

    private final String bootstrapServers;

    Broker(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Gives the command log this many partitions while it is still empty, and lets the broker itself put the time on
     * outcomes.
     */
    void prepare(int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, ORDERS);
            ConfigEntry timestamps = new ConfigEntry("message.timestamp.type", "LogAppendTime");
            get(admin.incrementalAlterConfigs(Map.of(orders, List.of(new AlterConfigOp(timestamps, OpType.SET))))
                    .all());
            int now = get(admin.describeTopics(List.of(COMMANDS)).allTopicNames())
                    .get(COMMANDS)
                    .partitions()
                    .size();
            if (now != partitions) {
                recreate(admin, partitions);
            }
        }
    }

    /** With the settings it had. */
    private static void recreate(Admin admin, int partitions) {
        ConfigResource commands = new ConfigResource(ConfigResource.Type.TOPIC, COMMANDS);
        Map<String, String> settings =
                get(admin.describeConfigs(List.of(commands)).all()).get(commands).entries().stream()
                        .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        get(admin.deleteTopics(List.of(COMMANDS)).all());
        NewTopic topic = new NewTopic(COMMANDS, partitions, (short) 1).configs(settings);
        for (int attempt = 1; ; attempt++) {
            try {
                get(admin.createTopics(List.of(topic)).all());
                return;
            } catch (CompletionException e) {
                // The old one goes in the background.
                if (!(e.getCause() instanceof TopicExistsException) || attempt == AGAIN) {
                    throw e;
                }
                Lab.pause(Duration.ofMillis(100));
            }
        }
    }

    /**
     * Opens offers of which every buyer may have any number: units are counted by buyer as for any offer with a limit,
     * and nobody is ever turned away.
     */
    void open(List<UUID> offers) {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            offers.forEach(offer -> producer.send(opened(offer)));
        }
    }

    private static ProducerRecord<String, byte[]> opened(UUID offer) {
        Instant now = Instant.now();
        String data = """
                {"offerId": "%s", "sessionId": "%s", "creatorId": "creator-lin", "kind": "PRODUCT", "productId": "%s",
                 "sellerId": "seller-qinba", "title": "Mushroom paste, 2 x 210 g", "county": "610726",
                 "price": {"amount": 1990, "currency": "CNY"}, "allotment": 2000000000, "perBuyerLimit": 2000000000,
                 "commissionBasisPoints": 2000, "settlementProfile": "STANDARD", "status": "OPEN", "openedAt": "%s",
                 "version": 1}
                """.formatted(offer, UUID.randomUUID(), UUID.randomUUID(), now);
        return event(OFFERS, "/catalog-service", "offer.opened", offer, 1, now, data);
    }

    /** What a service tells of an offer. */
    static ProducerRecord<String, byte[]> event(
            String topic, String source, String type, UUID offer, long version, Instant at, String data) {
        List<Header> headers = List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", offer + "." + version),
                header("ce_type", type),
                header("ce_source", source),
                header("ce_time", at.toString()),
                header("ce_subject", offer.toString()),
                header("content-type", "application/json"));
        return new ProducerRecord<>(topic, null, offer.toString(), data.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Follows the length of the command log; for one thread. */
    End commands() {
        return new End(COMMANDS);
    }

    /** Everything the log will tell of outcomes from here on. */
    Outcomes outcomes() {
        return new Outcomes();
    }

    KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 5000, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        int count = consumer.partitionsFor(topic).size();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static <T> T get(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** The length of a topic. */
    final class End implements AutoCloseable {
        private final KafkaConsumer<String, byte[]> consumer = consumer();
        private final List<TopicPartition> partitions;

        private End(String topic) {
            partitions = partitions(consumer, topic);
        }

        /** Records ever appended, over all partitions. */
        long offset() {
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** The outcomes of one round, read when it is over so that reading takes nothing from it. */
    final class Outcomes {
        private final Map<TopicPartition, Long> from;

        private Outcomes() {
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                from = new HashMap<>(consumer.endOffsets(partitions(consumer, ORDERS)));
            }
        }

        /** From each order's acceptance, as its event tells it, to that event's place in the log; in milliseconds. */
        Histogram times() {
            Histogram times = new Histogram(LONGEST_MILLIS, DIGITS);
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                consumer.assign(from.keySet());
                from.forEach(consumer::seek);
                Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
                while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                    consumer.poll(POLL).forEach(entry -> count(entry, times));
                }
            }
            return times;
        }

        private static void count(ConsumerRecord<String, byte[]> entry, Histogram times) {
            if (OUTCOMES.contains(text(entry, "ce_type"))) {
                long accepted = Instant.parse(text(entry, "ce_time")).toEpochMilli();
                times.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, entry.timestamp() - accepted)));
            }
        }

        private static String text(ConsumerRecord<String, byte[]> entry, String header) {
            return new String(entry.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
        }
    }
}
