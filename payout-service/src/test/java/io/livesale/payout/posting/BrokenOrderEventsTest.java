package io.livesale.payout.posting;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livesale.payout.posting.Reading.Told;
import io.livesale.payout.web.StrictJson;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenOrderEventsTest {
    private static final String ORDER = "0b7a4a6e-6f0e-5a67-9c63-5e1f0a4f3a11";

    @Test
    void areReadOrSetAside() {
        JsonMapper json = JsonMapper.builder().findAndAddModules().build();
        new StrictJson().customize(json);
        OrderEventReader reader = new OrderEventReader(json);
        List<Good> good = Stream.of("order.paid", "order.refunded", "order.delivered", "order.completed")
                .map(type -> new Good(
                        type, ORDER, EventContract.of("order-service", type).example()))
                .toList();

        BrokenRecords.tryAll("orders.v1", good, entry -> reader.read(entry) instanceof Told);
    }
}
