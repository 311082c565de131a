package io.livesale.order;

import io.livesale.order.Order.Shipment;
import io.livesale.order.OrderCommand.CancelOrder;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.CompleteOrder;
import io.livesale.order.OrderCommand.ConfirmReceipt;
import io.livesale.order.OrderCommand.DeliverOrder;
import io.livesale.order.OrderCommand.ExpireOrder;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PayOrder;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderCommand.RefundOrder;
import io.livesale.order.OrderCommand.ShipOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any commands in any order, of offers of every kind: with and without a limit, a time of closing, stock. */
final class CommandLogs {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONGER_THAN_ANY_WINDOW = Duration.ofDays(8);
    private static final Instant CLOSING = NOON.plusSeconds(60);
    private static final long PRICE = 1990;
    private static final List<OfferTerms> OFFERS =
            List.of(Terms.of(12, 4), Terms.of(12, null), Terms.of(12, 4, CLOSING), Terms.gift());

    private CommandLogs() {}

    static OfferTerms offer(UUID offerId) {
        return OFFERS.stream()
                .filter(terms -> terms.offerId().equals(offerId))
                .findFirst()
                .orElseThrow();
    }

    /** What a command is about. */
    private record Subject(UUID orderId, UUID offerId) {
        private String buyerId() {
            return "buyer-" + orderId.getLeastSignificantBits() % 3;
        }
    }

    /** An order's number fixes its buyer and as a rule its offer, but a key may be used on another one, too. */
    private static Arbitrary<Subject> subjects() {
        Arbitrary<Integer> others = Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, 1), Tuple.of(1, 2));
        return Combinators.combine(Arbitraries.integers().between(1, 24), others)
                .as((number, other) -> new Subject(
                        new UUID(7, number),
                        OFFERS.get((number + other) % OFFERS.size()).offerId()));
    }

    /** A repeat of an order may ask for another quantity. */
    static Arbitrary<List<OrderCommand>> any() {
        Arbitrary<Subject> orders = subjects();
        Arbitrary<OfferTerms> offers = Arbitraries.of(OFFERS);
        Arbitrary<Instant> times = Arbitraries.of(NOON, NOON.plus(LONGER_THAN_ANY_WINDOW));
        Arbitrary<OrderCommand> place = Combinators.combine(
                        orders,
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(NOON, CLOSING.minusMillis(1), CLOSING))
                .as((of, quantity, at) ->
                        new PlaceOrder(of.orderId(), of.offerId(), of.buyerId(), quantity, null, null, at));
        Arbitrary<OrderCommand> refund = Combinators.combine(
                        orders,
                        Arbitraries.of("r-1", "r-2", "r-3"),
                        Arbitraries.of(1L, 100L, PRICE - 1, PRICE, 2 * PRICE, 5 * PRICE),
                        Arbitraries.of(true, false))
                .as((of, refundId, fen, restock) -> new RefundOrder(
                        of.orderId(),
                        of.offerId(),
                        refundId,
                        new Money(fen, Terms.CNY),
                        "sorry",
                        restock,
                        "staff",
                        NOON));
        Arbitrary<OrderCommand> timed = Combinators.combine(orders, times, Arbitraries.of(true, false))
                .as((of, at, expire) -> expire
                        ? new ExpireOrder(of.orderId(), of.offerId(), at)
                        : new CompleteOrder(of.orderId(), of.offerId(), at));
        Arbitrary<OrderCommand> one = Arbitraries.frequencyOf(
                Tuple.of(20, place),
                Tuple.of(12, orders.map(of -> new PayOrder(of.orderId(), of.offerId(), payment(of), NOON))),
                Tuple.of(4, orders.map(of -> new CancelOrder(of.orderId(), of.offerId(), NOON))),
                Tuple.of(6, orders.map(of -> new ShipOrder(of.orderId(), of.offerId(), new Shipment("SF", "1"), NOON))),
                Tuple.of(4, orders.map(of -> new DeliverOrder(of.orderId(), of.offerId(), NOON))),
                Tuple.of(3, orders.map(of -> new ConfirmReceipt(of.orderId(), of.offerId(), NOON))),
                Tuple.of(8, refund),
                Tuple.of(6, timed),
                Tuple.of(2, offers.map(terms -> new OpenOffer(terms, NOON))),
                Tuple.of(1, offers.map(terms -> new CloseOffer(terms, NOON))));
        Arbitrary<List<OrderCommand>> afterOpening = one.list().ofMaxSize(120).map(commands -> {
            List<OrderCommand> opened = new ArrayList<>();
            OFFERS.forEach(terms -> opened.add(new OpenOffer(terms, NOON)));
            opened.addAll(commands);
            return opened;
        });
        return Arbitraries.oneOf(one.list().ofMaxSize(60), afterOpening);
    }

    private static UUID payment(Subject of) {
        return new UUID(9, of.orderId().getLeastSignificantBits());
    }
}
