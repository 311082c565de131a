package io.livesale.e2e.faults;

import io.livesale.e2e.Broker;
import io.livesale.e2e.OrderEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands in the topics at one moment, without what the run itself put there to be refused. */
record Records(
        List<ConsumerRecord<String, byte[]>> commands,
        OrderEvents orders,
        OrderEvents payouts,
        List<ConsumerRecord<String, byte[]>> offers,
        List<ConsumerRecord<String, byte[]>> deadLetters) {
    private static final List<String> READ = List.of("order-commands.v1", "offers.v1", "orders.v1", "offer-sales.v1");

    static Records of(Broker broker) {
        return new Records(
                sound(broker, "order-commands.v1"),
                OrderEvents.of(sound(broker, "orders.v1").stream()),
                OrderEvents.of(sound(broker, "payouts.v1").stream()),
                sound(broker, "offers.v1"),
                READ.stream()
                        .flatMap(topic -> sound(broker, topic + ".dead-letters").stream())
                        .toList());
    }

    private static List<ConsumerRecord<String, byte[]>> sound(Broker broker, String topic) {
        return broker.read(topic).stream()
                .filter(Predicate.not(Poison::isPoison))
                .toList();
    }

    /** One copy of each event, in no order. */
    static List<ConsumerRecord<String, byte[]>> oneOfEach(OrderEvents events) {
        return events.copies().values().stream().map(copies -> copies.get(0)).toList();
    }

    static String type(ConsumerRecord<String, byte[]> record) {
        return header(record, "ce_type");
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static JsonObject json(ConsumerRecord<String, byte[]> record) {
        return new JsonObject(Buffer.buffer(record.value()));
    }
}
