package io.livesale.order.bridging;

import io.livesale.order.UnreadableRecordException;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenOffersTest {
    private static final String OFFER = "01936a1e-1111-7000-8000-000000000001";

    @Test
    void areReadOrRefused() {
        List<Good> good = Stream.of("offer.opened", "offer.closed")
                .map(type -> new Good(
                        type, OFFER, EventContract.of("catalog-service", type).example()))
                .toList();

        BrokenRecords.tryAll("offers.v1", good, entry -> {
            try {
                return OfferBridge.command(BrokenRecords.withTextKey(entry), Instant.EPOCH.plusSeconds(1_800_000_000))
                        .isPresent();
            } catch (UnreadableRecordException forTheDeadLetters) {
                return false;
            }
        });
    }
}
