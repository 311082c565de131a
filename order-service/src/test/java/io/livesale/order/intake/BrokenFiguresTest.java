package io.livesale.order.intake;

import static java.util.Objects.requireNonNull;

import io.livesale.order.SalesFigures;
import io.livesale.order.UnreadableRecordException;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import io.livesale.stack.EventContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenFiguresTest {
    private static final String OFFER = "01936a1e-1111-7000-8000-000000000001";

    @Test
    void areReadOrPassedOver() {
        List<Good> good = Stream.of(SalesFigures.CHANGED, SalesFigures.SETTLED)
                .map(type -> new Good(
                        type, OFFER, EventContract.of("order-service", type).example()))
                .toList();

        BrokenRecords.tryAll(SalesFigures.TOPIC, good, entry -> {
            try {
                Optional<SalesFigures> figures = OfferBoard.figures(BrokenRecords.withTextKey(entry));
                figures.ifPresent(heard -> requireNonNull(heard.offerId()));
                return figures.isPresent();
            } catch (UnreadableRecordException passedOver) {
                return false;
            }
        });
    }
}
