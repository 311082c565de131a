package io.livesale.payout.impact;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livesale.payout.web.StrictJson;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokenOfferEventsTest {
    private static final String OFFER = "01936a1e-1111-7000-8000-000000000001";

    @Test
    void areReadOrSetAside() {
        check("catalog-service", "offers.v1", OfferFacts.TYPES, OfferFacts.class);
        check("order-service", "offer-sales.v1", OfferFigures.TYPES, OfferFigures.class);
    }

    private static <T> void check(String producer, String topic, Set<String> types, Class<T> view) {
        JsonMapper json = JsonMapper.builder().findAndAddModules().build();
        new StrictJson().customize(json);
        OfferEventReader reader = new OfferEventReader(json);
        List<Good> good = types.stream()
                .sorted()
                .map(type ->
                        new Good(type, OFFER, EventContract.of(producer, type).example()))
                .toList();

        BrokenRecords.tryAll(topic, good, entry -> {
            try {
                return reader.read(entry, types, view).isPresent();
            } catch (UnreadableEvent forTheDeadLetters) {
                return false;
            }
        });
    }
}
