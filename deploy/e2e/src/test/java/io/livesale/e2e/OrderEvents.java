package io.livesale.e2e;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every record of {@code orders.v1}, by the id of the event it carries. A repeat is one more copy, not one more event. */
public record OrderEvents(Map<String, List<ConsumerRecord<String, byte[]>>> copies) {
    private static final Set<String> OUTCOMES = Set.of("order.reserved", "order.rejected");

    static OrderEvents of(Broker broker) {
        return of(broker.read("orders.v1").stream());
    }

    /** Those of one offer's orders. */
    static OrderEvents of(Broker broker, String offerId) {
        return of(broker.read("orders.v1").stream()
                .filter(event -> offerId.equals(new JsonObject(Buffer.buffer(event.value())).getString("offerId"))));
    }

    public static OrderEvents of(Stream<ConsumerRecord<String, byte[]>> records) {
        return new OrderEvents(records.collect(Collectors.groupingBy(event -> header(event, "ce_id"))));
    }

    public List<Integer> copiesOfEach() {
        return copies.values().stream().map(List::size).toList();
    }

    public long count(String type) {
        return events().filter(event -> header(event, "ce_type").equals(type)).count();
    }

    /** Outcomes of each order. */
    public Map<String, Long> outcomes() {
        return events().filter(event -> OUTCOMES.contains(header(event, "ce_type")))
                .collect(Collectors.groupingBy(ConsumerRecord::key, Collectors.counting()));
    }

    /** Ids of events of which two copies differ, be it in a header. */
    public List<String> unequal() {
        return copies.entrySet().stream()
                .filter(event -> event.getValue().stream()
                                .map(OrderEvents::content)
                                .distinct()
                                .count()
                        > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Stream<ConsumerRecord<String, byte[]>> events() {
        return copies.values().stream().map(same -> same.get(0));
    }

    private static List<String> content(ConsumerRecord<String, byte[]> event) {
        Stream<String> headers = Arrays.stream(event.headers().toArray())
                .map(header -> header.key() + "=" + text(header.value()))
                .sorted();
        return Stream.concat(headers, Stream.of(event.key(), text(event.value())))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return text(event.headers().lastHeader(name).value());
    }

    /** Byte for byte, so that what differs still differs. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
