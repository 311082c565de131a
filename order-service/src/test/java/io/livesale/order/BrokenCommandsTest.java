package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import io.livesale.stack.BrokenRecords;
import io.livesale.stack.BrokenRecords.Good;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenCommandsTest {
    private static final UUID ORDER = UUID.fromString("0b7a4a6e-6f0e-5a67-9c63-5e1f0a4f3a11");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    /** Beyond 64 KiB it could not be stored with the events, and its partition would stand still. */
    @Test
    void aTraceOfAnotherLengthIsRefused() {
        String json = new String(
                Json.writeBytes(new PlaceOrder(ORDER, ORDER, "lin", 1, null, TRACE, AT)), StandardCharsets.UTF_8);

        for (String other : List.of("", "x".repeat(70_000))) {
            assertThrows(
                    UnreadableRecordException.class, () -> Json.read(json.replace(TRACE, other), PlaceOrder.class));
        }
        assertEquals(TRACE, Json.read(json, PlaceOrder.class).traceparent());
    }

    @Test
    void areReadOrRefused() {
        OfferTerms offer = Terms.of(10, 2);
        Money amount = new Money(1990, Currency.getInstance("CNY"));
        UUID id = offer.offerId();
        List<Good> good = Stream.of(
                        new OpenOffer(offer, AT),
                        new CloseOffer(offer, AT),
                        new PlaceOrder(ORDER, id, "lin", 2, new Order.ShipTo("Lin", "+86 139", "1 Road"), TRACE, AT),
                        new PayOrder(ORDER, id, ORDER, AT),
                        new CancelOrder(ORDER, id, AT),
                        new ShipOrder(ORDER, id, new Order.Shipment("SF", "SF-1"), AT),
                        new RefundOrder(ORDER, id, "r1", amount, "broken", true, "coop", AT))
                .map(CommandCodec::encode)
                .map(event -> new Good(event.type(), event.key(), new String(event.data(), StandardCharsets.UTF_8)))
                .toList();

        BrokenRecords.tryAll(CommandCodec.TOPIC, good, entry -> {
            try {
                CommandCodec.decode(BrokenRecords.withTextKey(entry));
                return true;
            } catch (UnreadableRecordException forTheDeadLetters) {
                return false;
            }
        });
    }
}
