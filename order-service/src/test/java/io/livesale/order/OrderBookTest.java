package io.livesale.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.order.Order.Rejection;
import io.livesale.order.OrderCommand.CloseOffer;
import io.livesale.order.OrderCommand.OpenOffer;
import io.livesale.order.OrderCommand.PlaceOrder;
import io.livesale.order.OrderEvent.OrderRejected;
import io.livesale.order.OrderEvent.OrderReserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final OrderBook book = new OrderBook(new OrderWindows(WINDOW, Duration.ofDays(7)));

    @Test
    void reservesTheLastUnitsAndNotOneMore() {
        OfferTerms terms = opened(Terms.of(5, null));

        OrderEvent lastUnits = only(book.decide(place(terms, "lin", 5)));
        OrderEvent oneMore = only(book.decide(place(terms, "wang", 1)));

        assertEquals(NOON.plus(WINDOW), ((OrderReserved) lastUnits).payBy());
        assertEquals(new Money(9950, Terms.CNY), ((OrderReserved) lastUnits).total());
        assertEquals(Rejection.SOLD_OUT, ((OrderRejected) oneMore).reason());
        assertEquals(0, book.offer(terms.offerId()).remaining());
    }

    @Test
    void aSmallerOrderMayStillFitAfterALargerOneDidNot() {
        OfferTerms terms = opened(Terms.of(2, null));

        OrderEvent three = only(book.decide(place(terms, "lin", 3)));
        OrderEvent two = only(book.decide(place(terms, "wang", 2)));

        assertEquals(Rejection.SOLD_OUT, ((OrderRejected) three).reason());
        assertTrue(two instanceof OrderReserved);
    }

    @Test
    void countsUnpaidUnitsTowardsABuyersLimit() {
        OfferTerms terms = opened(Terms.of(100, 2));
        book.decide(place(terms, "lin", 1));

        OrderEvent atTheLimit = only(book.decide(place(terms, "lin", 1)));
        OrderEvent beyond = only(book.decide(place(terms, "lin", 1)));
        OrderEvent somebodyElse = only(book.decide(place(terms, "wang", 2)));

        assertTrue(atTheLimit instanceof OrderReserved);
        assertEquals(Rejection.LIMIT_EXCEEDED, ((OrderRejected) beyond).reason());
        assertTrue(somebodyElse instanceof OrderReserved);
    }

    @Test
    void rejectsOrderForUnknownOffer() {
        OrderEvent event = only(book.decide(place(Terms.of(1, null), "lin", 1)));

        assertEquals(Rejection.OFFER_UNKNOWN, ((OrderRejected) event).reason());
    }

    @Test
    void rejectsOrderAfterOfferClosed() {
        OfferTerms terms = opened(Terms.of(1, null));
        book.decide(new CloseOffer(terms, NOON));

        OrderEvent event = only(book.decide(place(terms, "lin", 1)));

        assertEquals(Rejection.OFFER_CLOSED, ((OrderRejected) event).reason());
    }

    @Test
    void takesOrdersUntilTheClosingTimeAndNotAtIt() {
        OfferTerms beforeItsTime = opened(Terms.of(1, null, NOON.plusMillis(1)));
        OfferTerms atItsTime = opened(Terms.of(1, null, NOON));

        OrderEvent before = only(book.decide(place(beforeItsTime, "lin", 1)));
        OrderEvent at = only(book.decide(place(atItsTime, "lin", 1)));

        assertTrue(before instanceof OrderReserved);
        assertEquals(Rejection.OFFER_CLOSED, ((OrderRejected) at).reason());
    }

    @Test
    void decidesARepeatedOrderOnce() {
        OfferTerms terms = opened(Terms.of(10, null));
        PlaceOrder place = place(terms, "lin", 1);
        book.decide(place);

        List<OrderEvent> again = book.decide(place);

        assertEquals(List.of(), again);
        assertEquals(1, book.offer(terms.offerId()).reserved());
    }

    @Test
    void givesEverythingBackWhenTheOpeningWasNeverSeen() {
        OfferTerms terms = Terms.of(7, null);

        book.decide(new CloseOffer(terms, NOON));

        SalesFigures figures = SalesFigures.of(book.offer(terms.offerId()), NOON);
        assertEquals(SalesFigures.SETTLED, figures.type());
        assertEquals(7, figures.unsold());
    }

    @Test
    void doesNotReopenAClosedOffer() {
        OfferTerms terms = opened(Terms.of(7, null));
        book.decide(new CloseOffer(terms, NOON));

        book.decide(new OpenOffer(terms, NOON));

        assertEquals(Offer.Status.CLOSED, book.offer(terms.offerId()).status());
    }

    @Test
    void giftsNeverSellOut() {
        OfferTerms gift = opened(Terms.gift());

        OrderEvent event = only(book.decide(place(gift, "lin", PlaceOrder.MAX_QUANTITY)));

        assertTrue(event instanceof OrderReserved);
    }

    private static OrderEvent only(List<OrderEvent> events) {
        assertEquals(1, events.size());
        return events.get(0);
    }

    private OfferTerms opened(OfferTerms terms) {
        book.decide(new OpenOffer(terms, NOON));
        return terms;
    }

    private static PlaceOrder place(OfferTerms terms, String buyer, int quantity) {
        return new PlaceOrder(UUID.randomUUID(), terms.offerId(), buyer, quantity, null, null, NOON);
    }
}
