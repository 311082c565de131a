package io.livesale.order.tracking;

import io.livesale.order.OrderEvent;
import io.livesale.order.UnreadableRecordException;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class BrokenOutcomesTest {
    private static final String ORDER = "0b7a4a6e-6f0e-5a67-9c63-5e1f0a4f3a11";

    @Test
    void areReadOrPassedOver() {
        List<Good> good = Stream.of("order.reserved", "order.rejected", "order.paid")
                .map(type -> new Good(
                        type, ORDER, EventContract.of("order-service", type).example()))
                .toList();

        BrokenRecords.tryAll(OrderEvent.TOPIC, good, entry -> {
            ConsumerRecord<String, byte[]> told = BrokenRecords.withTextKey(entry);
            try {
                OutcomeFeed.orderId(told);
                return OutcomeFeed.outcome(told).isPresent();
            } catch (UnreadableRecordException passedOver) {
                return false;
            }
        });
    }
}
