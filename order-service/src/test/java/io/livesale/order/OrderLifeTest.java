package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.livesale.order.Order.Shipment;
import io.livesale.order.Order.Status;
import io.livesale.order.OrderBook.Allowance;
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
import io.livesale.order.OrderEvent.OrderDelivered;
import io.livesale.order.OrderEvent.OrderPaid;
import io.livesale.order.OrderEvent.OrderRefunded;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import io.livesale.order.OrderEvent.PaymentReturned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the reservation on: lin has ordered 3 of 10 jars at 19.90 each, and may have 4. */
class OrderLifeTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration PAYMENT_WINDOW = Duration.ofMinutes(15);
    private static final Duration AFTER_SALES = Duration.ofDays(7);
    private static final Instant PAY_BY = NOON.plus(PAYMENT_WINDOW);
    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID PAYMENT = UUID.randomUUID();
    private static final OfferTerms JARS = Terms.of(10, 4);
    private static final UUID OFFER = JARS.offerId();

    private final OrderBook book = new OrderBook(new OrderWindows(PAYMENT_WINDOW, AFTER_SALES));

    OrderLifeTest() {
        book.decide(new OpenOffer(JARS, NOON));
        book.decide(new PlaceOrder(ORDER, OFFER, "lin", 3, null, null, NOON));
    }

    @Test
    void sellsWhatIsPaidOnce() {
        OrderPaid paid = (OrderPaid) only(pay());

        assertEquals(yuan(5970), paid.total());
        assertEquals("zhashui-coop", paid.sellerId());
        assertEquals(List.of(), pay());
        assertStock(7, 0, 3);
    }

    @Test
    void expiresAtTheEndOfThePaymentWindowAndNotBefore() {
        assertEquals(List.of(), book.decide(new ExpireOrder(ORDER, OFFER, PAY_BY.minusMillis(1))));

        assertEquals("order.expired", only(expire()).type());

        assertEquals(Status.EXPIRED, status());
        assertStock(10, 0, 0);
        assertEquals(List.of(), expire());
    }

    @Test
    void doesNotExpireWhatIsPaid() {
        pay();

        assertEquals(List.of(), expire());
    }

    @Test
    void unitsThatComeBackCountNoLongerTowardsTheLimit() {
        expire();

        OrderEvent again = only(
                book.decide(new PlaceOrder(UUID.randomUUID(), OFFER, "lin", 4, null, null, PAY_BY.plusSeconds(1))));

        assertInstanceOf(OrderReserved.class, again);
        assertEquals(4, book.unitsHeld(new Allowance(OFFER, "lin")).orElseThrow());
    }

    @Test
    void aPaymentAfterExpiryIsReturnedOnceAndDoesNotReviveTheOrder() {
        expire();

        PaymentReturned returned = (PaymentReturned) only(pay());

        assertEquals(yuan(5970), returned.amount());
        assertEquals(PAYMENT, returned.paymentId());
        assertEquals(Status.EXPIRED, status());
        assertStock(10, 0, 0);
        assertEquals(List.of(), pay());
    }

    @Test
    void aPaymentOfARejectedOrderIsReturned() {
        UUID tooMany = UUID.randomUUID();
        book.decide(new PlaceOrder(tooMany, OFFER, "wang", 5, null, null, NOON));

        List<OrderEvent> events = book.decide(new PayOrder(tooMany, OFFER, PAYMENT, NOON));

        assertInstanceOf(PaymentReturned.class, only(events));
    }

    @Test
    void aCancelledReservationGivesItsUnitsBack() {
        assertEquals("order.cancelled", only(cancel()).type());

        assertStock(10, 0, 0);
        assertEquals(List.of(), cancel());
        assertInstanceOf(PaymentReturned.class, only(pay()));
    }

    @Test
    void cancellingAPaidOrderRefundsWhatIsLeftAndRestocksEverything() {
        pay();
        refund("discount", 970, false);

        List<OrderEvent> events = cancel();

        assertEquals(
                List.of("order.cancelled", "order.refunded"),
                events.stream().map(OrderEvent::type).toList());
        OrderRefunded refunded = (OrderRefunded) events.get(1);
        assertEquals(yuan(5000), refunded.amount());
        assertEquals(yuan(0), refunded.left());
        assertEquals(3, refunded.restockedUnits());
        assertEquals(refunded.buyerId(), refunded.by());
        assertEquals(Status.CANCELLED, status());
        assertStock(10, 0, 0);
        assertEquals(5, book.order(ORDER).sequence(), "reserved, paid, refunded, cancelled, refunded");
    }

    @Test
    void isNotCancelledOnceItIsShipped() {
        pay();
        ship();

        assertEquals(List.of(), cancel());
        assertEquals(Status.SHIPPED, status());
    }

    @Test
    void isShippedDeliveredAndCompletedInThisOrderOnly() {
        assertEquals(List.of(), ship());
        assertEquals(List.of(), deliver());
        pay();
        assertEquals(List.of(), deliver());

        assertEquals("order.shipped", only(ship()).type());
        assertEquals(List.of(), ship());
        OrderDelivered delivered = (OrderDelivered) only(deliver());
        assertEquals(List.of(), complete(delivered.completeAt().minusMillis(1)));
        assertEquals("order.completed", only(complete(delivered.completeAt())).type());

        assertEquals(NOON.plus(AFTER_SALES), delivered.completeAt());
        assertEquals(Status.COMPLETED, status());
        assertEquals(new Shipment("SF", "SF1"), book.order(ORDER).shipment());
        assertEquals(List.of(), complete(delivered.completeAt()));
    }

    @Test
    void confirmingTheReceiptCompletesAtOnceAndIsTheDeliveryToo() {
        pay();
        assertEquals(List.of(), confirm());
        ship();

        List<OrderEvent> events = confirm();

        assertEquals(
                List.of("order.delivered", "order.completed"),
                events.stream().map(OrderEvent::type).toList());
        assertEquals(5, book.order(ORDER).sequence());
        assertEquals(List.of(), confirm());
    }

    @Test
    void partialRefundsAddUpToAFullOneAndNoFurther() {
        pay();

        OrderRefunded first = (OrderRefunded) only(refund("r-1", 2000, false));
        OrderEvent tooMuch = only(refund("r-2", 3971, false));
        OrderRefunded rest = (OrderRefunded) only(refund("r-3", 3970, false));

        assertEquals(yuan(3970), first.left());
        assertEquals("order.refund-refused", tooMuch.type());
        assertEquals(yuan(0), rest.left());
        assertEquals(Status.REFUNDED, status());
        assertStock(7, 0, 3);
    }

    @Test
    void aRepeatedRefundIsOne() {
        pay();
        refund("r-1", 2000, true);
        refund("r-2", 999_999, true);

        assertEquals(List.of(), refund("r-1", 2000, true));
        assertEquals(List.of(), refund("r-1", 3000, true));
        assertEquals(List.of(), refund("r-2", 999_999, true));
        assertEquals(yuan(3970), book.order(ORDER).left().orElseThrow());
    }

    @Test
    void restocksTheWholeUnitsThatRestockedMoneyPaysFor() {
        pay();

        assertEquals(0, restocked(refund("half", 1000, true)));
        assertEquals(0, restocked(refund("broken", 1990, false)));
        assertEquals(1, restocked(refund("other half", 990, true)));
        assertEquals(1, restocked(refund("rest", 1990, true)));

        assertStock(9, 0, 1);
        assertEquals(1, book.unitsHeld(new Allowance(OFFER, "lin")).orElseThrow());
    }

    @Test
    void refusesARefundOfWhatWasNeverPaid() {
        OrderEvent reserved = only(refund("r-1", 1, true));
        expire();
        OrderEvent expired = only(refund("r-2", 1, true));

        assertEquals("order.refund-refused", reserved.type());
        assertEquals("order.refund-refused", expired.type());
        assertStock(10, 0, 0);
    }

    @Test
    void aCompletedOrderMayStillBeRefundedAndAShippedOneTurnsRefundedToo() {
        pay();
        ship();

        refund("r-1", 5970, true);

        assertEquals(Status.REFUNDED, status());
        assertStock(10, 0, 0);
        assertEquals(List.of(), deliver());
        assertEquals(List.of(), confirm());
    }

    @Test
    void unitsThatComeBackAfterTheClosingAreUnsold() {
        book.decide(new CloseOffer(JARS, NOON));

        expire();

        SalesFigures figures = SalesFigures.of(book.offer(OFFER), PAY_BY);
        assertEquals(SalesFigures.SETTLED, figures.type());
        assertEquals(10, figures.unsold());
    }

    @Test
    void countsEveryOrderAndOnlyMoneyThatIsPaidAndNotGivenBack() {
        assertEquals(new Takings(1, 0, 0), takings());

        pay();
        book.decide(new PlaceOrder(UUID.randomUUID(), OFFER, "wang", 5, null, null, NOON));

        assertEquals(new Takings(2, 5970, 1194), takings(), "the second was refused");
        refund("r-1", 3, false);
        assertEquals(new Takings(2, 5967, 1193), takings());
        refund("r-2", 3, false);
        assertEquals(new Takings(2, 5964, 1192), takings());
        refund("r-3", 99_999, false);
        cancel();
        assertEquals(new Takings(2, 0, 0), takings());
    }

    @Test
    void aPaymentThatComesTooLateIsNoTaking() {
        expire();

        pay();

        assertEquals(new Takings(1, 0, 0), takings());
    }

    @Test
    void theLargestOrderThereCanBeIsCountedExactly() {
        OfferTerms dear = Terms.gift(new Money(1_000_000_000_000L, Terms.CNY), 9_999);
        UUID order = UUID.randomUUID();
        book.decide(new OpenOffer(dear, NOON));
        book.decide(new PlaceOrder(order, dear.offerId(), "lin", PlaceOrder.MAX_QUANTITY, null, null, NOON));

        book.decide(new PayOrder(order, dear.offerId(), PAYMENT, NOON));

        assertEquals(
                new Takings(1, 10_000_000_000_000_000L, 9_999_000_000_000_000L),
                book.offer(dear.offerId()).takings());
    }

    @Test
    void refundsAfterTheClosingAreToldToo() {
        pay();
        book.decide(new CloseOffer(JARS, NOON));
        long settled = book.offer(OFFER).version();

        refund("discount", 970, false);

        SalesFigures figures = SalesFigures.of(book.offer(OFFER), NOON);
        assertEquals(settled + 1, figures.version());
        assertEquals(5000, figures.gross());
        assertEquals(1000, figures.commission());
    }

    @Test
    void aGiftIsCompleteOnceItIsPaid() {
        OfferTerms rose = Terms.gift();
        UUID order = UUID.randomUUID();
        book.decide(new OpenOffer(rose, NOON));
        book.decide(new PlaceOrder(order, rose.offerId(), "lin", 1, null, null, NOON));

        List<OrderEvent> events = book.decide(new PayOrder(order, rose.offerId(), PAYMENT, NOON));

        assertEquals(
                List.of("order.paid", "order.completed"),
                events.stream().map(OrderEvent::type).toList());
        assertEquals(List.of(), book.decide(new CancelOrder(order, rose.offerId(), NOON)));
        OrderRefunded refunded = (OrderRefunded) only(
                book.decide(new RefundOrder(order, rose.offerId(), "r-1", yuan(100), "sorry", true, "staff", NOON)));
        assertEquals(0, refunded.restockedUnits());
        assertEquals("staff", refunded.by());
        assertNull(book.offer(rose.offerId()).remaining());
    }

    @Test
    void aCommandThatNamesAnotherOfferChangesNothing() {
        OfferTerms other = Terms.of(5, null);
        book.decide(new OpenOffer(other, NOON));

        assertEquals(List.of(), book.decide(new CancelOrder(ORDER, other.offerId(), NOON)));
        assertEquals(List.of(), book.decide(new CancelOrder(UUID.randomUUID(), OFFER, NOON)));
        assertEquals(
                OrderRejected.class,
                book.decide(place(UUID.randomUUID())).get(0).getClass());
    }

    private static PlaceOrder place(UUID unknownOffer) {
        return new PlaceOrder(UUID.randomUUID(), unknownOffer, "lin", 1, null, null, NOON);
    }

    private List<OrderEvent> pay() {
        return book.decide(new PayOrder(ORDER, OFFER, PAYMENT, NOON));
    }

    private List<OrderEvent> cancel() {
        return book.decide(new CancelOrder(ORDER, OFFER, NOON));
    }

    private List<OrderEvent> expire() {
        return book.decide(new ExpireOrder(ORDER, OFFER, PAY_BY));
    }

    private List<OrderEvent> ship() {
        return book.decide(new ShipOrder(ORDER, OFFER, new Shipment("SF", "SF1"), NOON));
    }

    private List<OrderEvent> deliver() {
        return book.decide(new DeliverOrder(ORDER, OFFER, NOON));
    }

    private List<OrderEvent> confirm() {
        return book.decide(new ConfirmReceipt(ORDER, OFFER, NOON));
    }

    private List<OrderEvent> complete(Instant at) {
        return book.decide(new CompleteOrder(ORDER, OFFER, at));
    }

    private List<OrderEvent> refund(String refundId, long fen, boolean restock) {
        return book.decide(new RefundOrder(ORDER, OFFER, refundId, yuan(fen), "sorry", restock, "staff", NOON));
    }

    private static int restocked(List<OrderEvent> events) {
        return ((OrderRefunded) only(events)).restockedUnits();
    }

    private static OrderEvent only(List<OrderEvent> events) {
        assertEquals(1, events.size());
        return events.get(0);
    }

    private Takings takings() {
        return book.offer(OFFER).takings();
    }

    private Status status() {
        return book.order(ORDER).status();
    }

    private void assertStock(long remaining, long reserved, long sold) {
        Offer offer = book.offer(OFFER);
        assertEquals(List.of(remaining, reserved, sold), List.of(offer.remaining(), offer.reserved(), offer.sold()));
    }

    private static Money yuan(long fen) {
        return new Money(fen, Terms.CNY);
    }
}
