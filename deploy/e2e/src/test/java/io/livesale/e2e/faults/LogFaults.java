package io.livesale.e2e.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.livesale.e2e.Broker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Records that come twice, out of turn, or should not be there; readers that come and go, or begin anew. */
final class LogFaults {
    private static final String COMMANDS = "order-commands.v1";

    /**
     * A reader's topic, its group, and a type of event that the reader knows.
     *
     * @param groups that set aside what they cannot read of this topic
     * @param compacted a topic in which every record has a key, and one without a value takes back the others
     */
    private record Reader(String topic, String group, String type, int groups, boolean compacted) {}

    private static final List<Reader> READERS = List.of(
            new Reader(COMMANDS, "order-service.decide", "place-order", 1, false),
            new Reader("offers.v1", "order-service.bridge", "offer.opened", 2, true),
            new Reader("orders.v1", "payout-service", "order.paid", 1, false),
            new Reader("offer-sales.v1", "catalog-service", "offer.sales-changed", 2, true));

    private LogFaults() {}

    static List<Fault> all() {
        return READERS.stream()
                .flatMap(reader -> Stream.<Fault>of(new Repeats(reader), new Poisoned(reader), new Storm(reader)))
                .toList();
    }

    /** Copies of what is there, in an order of their own: as a producer's second attempts may leave them. */
    private record Repeats(Reader reader) implements Fault {
        private static final int MOST = 300;
        private static final Duration SOMETHING_TO_REPEAT = Duration.ofMinutes(2);

        @Override
        public String name() {
            return "repeats:" + reader.topic();
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            try (Broker broker = new Broker(site.bootstrapServers());
                    KafkaProducer<String, byte[]> producer = producer(site)) {
                if (!ProcessFaults.within(
                        SOMETHING_TO_REPEAT, () -> !records(broker).isEmpty())) {
                    throw new NotProven("nothing is there to repeat");
                }
                List<ConsumerRecord<String, byte[]>> there = records(broker);
                Collections.shuffle(there, random);
                List<ConsumerRecord<String, byte[]>> again = there.subList(0, Math.min(MOST, there.size()));
                for (ConsumerRecord<String, byte[]> one : again) {
                    producer.send(new ProducerRecord<>(
                                    one.topic(), one.partition(), one.key(), one.value(), one.headers()))
                            .get();
                }
                return again.size() + " records";
            }
        }

        private List<ConsumerRecord<String, byte[]>> records(Broker broker) {
            List<ConsumerRecord<String, byte[]>> there = new ArrayList<>(broker.read(reader.topic()));
            there.removeIf(Poison::isPoison);
            return there;
        }
    }

    /** What nobody can read, between what everybody can. */
    private record Poisoned(Reader reader) implements Fault {
        private static final int OVERSIZE = 900_000;
        private static final Duration SET_ASIDE = Duration.ofSeconds(60);

        @Override
        public String name() {
            return "poison:" + reader.topic();
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            try (Broker broker = new Broker(site.bootstrapServers());
                    KafkaProducer<String, byte[]> producer = producer(site)) {
                int partition =
                        random.nextInt(producer.partitionsFor(reader.topic()).size());
                List<ProducerRecord<String, byte[]>> unreadable = unreadable(partition);
                List<String> sent = new ArrayList<>();
                for (ProducerRecord<String, byte[]> poison : unreadable) {
                    sent.add(partition + "/" + producer.send(poison).get().offset());
                }
                producer.send(ofUnknownVersion(partition)).get();
                if (reader.compacted()) {
                    requireRefused(producer, withoutKey(partition));
                }
                if (!ProcessFaults.within(SET_ASIDE, () -> isSetAsideByAll(broker, sent))) {
                    throw new IllegalStateException("not all of " + sent + " are among " + letters(broker));
                }
                return sent.size() + " records, each set aside by " + reader.groups() + " of its readers";
            }
        }

        private boolean isSetAsideByAll(Broker broker, List<String> sent) {
            Map<String, Long> letters = letters(broker);
            return sent.stream().allMatch(record -> letters.getOrDefault(record, 0L) >= reader.groups());
        }

        /** How many tell of a record, by where it was. */
        private Map<String, Long> letters(Broker broker) {
            return broker.read(reader.topic() + ".dead-letters").stream()
                    .collect(groupingBy(
                            letter -> Records.header(letter, "dead-letter-partition") + "/"
                                    + Records.header(letter, "dead-letter-offset"),
                            counting()));
        }

        private List<ProducerRecord<String, byte[]>> unreadable(int partition) {
            byte[] oversize = new byte[OVERSIZE];
            Arrays.fill(oversize, (byte) '[');
            List<ProducerRecord<String, byte[]>> records = new ArrayList<>(List.of(
                    record(partition, "k", "{\"offerId\":".getBytes(StandardCharsets.UTF_8)),
                    record(partition, "k", new byte[] {(byte) 0xff, 0, 1}),
                    record(partition, "k", "[]".getBytes(StandardCharsets.UTF_8)),
                    record(partition, "k", oversize),
                    record(
                            partition,
                            "k",
                            "{\"at\":\"+999999999-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8))));
            if (!reader.compacted()) {
                records.add(withoutKey(partition));
                records.add(record(partition, "k", null));
            }
            if (reader.topic().equals(COMMANDS)) {
                records.add(ofUnknownVersion(partition));
            }
            return records;
        }

        private ProducerRecord<String, byte[]> withoutKey(int partition) {
            return record(partition, null, "{}".getBytes(StandardCharsets.UTF_8));
        }

        /** A command nobody knows is set aside; an event nobody knows is somebody else's, and passed over. */
        private ProducerRecord<String, byte[]> ofUnknownVersion(int partition) {
            return Poison.record(
                    reader.topic(), partition, "k", "{}".getBytes(StandardCharsets.UTF_8), reader.type() + ".v9");
        }

        private static void requireRefused(
                KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record)
                throws InterruptedException {
            try {
                producer.send(record).get();
                throw new IllegalStateException("a record without a key got into " + record.topic());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InvalidRecordException)) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private ProducerRecord<String, byte[]> record(int partition, @Nullable String key, byte @Nullable [] value) {
            return Poison.record(reader.topic(), partition, key, value, reader.type());
        }
    }

    /** Members that join and leave at once, so that partitions change hands again and again. */
    private record Storm(Reader reader) implements Fault {
        private static final int MEMBERS = 6;

        @Override
        public String name() {
            return "rebalances:" + reader.group();
        }

        @Override
        public String strike(Site site, Random random) throws Exception {
            int joined = 0;
            for (int member = 0; member < MEMBERS; member++) {
                Map<String, Object> settings = new HashMap<>(Map.of(
                        "bootstrap.servers", site.bootstrapServers(),
                        "group.id", reader.group(),
                        "enable.auto.commit", "false"));
                if (reader.group().equals("order-service.decide")) {
                    settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
                }
                try (KafkaConsumer<String, byte[]> intruder =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                    intruder.subscribe(List.of(reader.topic()));
                    if (ProcessFaults.within(Duration.ofSeconds(15), () -> isGivenSome(intruder))) {
                        joined++;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            }
            if (joined == 0) {
                throw new NotProven("nobody was given a partition");
            }
            return joined + " members came and went";
        }

        private static boolean isGivenSome(KafkaConsumer<String, byte[]> intruder) {
            intruder.poll(Duration.ofMillis(100));
            return !intruder.assignment().isEmpty();
        }
    }

    private static KafkaProducer<String, byte[]> producer(Site site) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", site.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
