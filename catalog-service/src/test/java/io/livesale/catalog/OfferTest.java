package io.livesale.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OfferTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Money PRICE = new Money(1990, Currency.getInstance("CNY"));

    private final Session session = new Session(new UUID(0, 1), "lin", "Harvest", null, null, NOW);

    @Test
    void opensUntilTheLastMillisecondBeforeItsClosingTime() {
        session.start(NOW);
        Offer offer = gift(NOW.plusMillis(1));

        offer.open(session, Origin.UNKNOWN, NOW);

        assertEquals(Offer.Status.OPEN, offer.status());
    }

    @Test
    void doesNotOpenAtItsClosingTime() {
        session.start(NOW);
        Offer offer = gift(NOW);

        ProblemException refused = assertThrows(ProblemException.class, () -> offer.open(session, Origin.UNKNOWN, NOW));

        assertEquals(Problem.OFFER_CLOSED, refused.problem());
    }

    @Test
    void opensOnlyWhileItsSessionIsLive() {
        Offer offer = gift(null);
        assertEquals(Problem.SESSION_NOT_LIVE, refusal(offer));

        session.start(NOW);
        session.end(NOW);

        assertEquals(Problem.SESSION_NOT_LIVE, refusal(offer));
    }

    @Test
    void givesTheWholeAllotmentBackOnlyWhenItNeverOpened() {
        session.start(NOW);
        Offer scheduled = product(100);
        Offer open = product(100);
        open.open(session, Origin.UNKNOWN, NOW);

        assertEquals(100, scheduled.close(NOW));
        assertEquals(0, open.close(NOW));
        assertEquals(0, gift(null).close(NOW));
    }

    @Test
    void unpinsWhenThePinnedOfferCloses() {
        Offer pinned = product(1);
        session.pin(pinned);

        session.unpin(new UUID(9, 9));
        assertEquals(pinned.id(), session.pinnedOfferId());
        session.unpin(pinned.id());

        assertEquals(null, session.pinnedOfferId());
    }

    @Test
    void endsOnceAndForGood() {
        assertTrue(session.end(NOW));
        assertFalse(session.end(NOW));

        ProblemException refused = assertThrows(ProblemException.class, () -> session.start(NOW));
        assertEquals(Problem.SESSION_ENDED, refused.problem());
    }

    @Test
    void refusesAPriceInAnotherCurrencyThanTheProducts() {
        OfferTerms dollars = new OfferTerms(new Money(100, Currency.getInstance("USD")), null, null);

        InvalidField refused = assertThrows(
                InvalidField.class, () -> Offer.ofProduct(UUID.randomUUID(), session, product(), 1, dollars));

        assertEquals("price.currency", refused.field());
    }

    @Test
    void neverSellsOutAGift() {
        assertFalse(gift(null).soldOut());
        assertTrue(gift(null).remaining().isEmpty());
    }

    @Test
    void hasNothingLeftOnceClosedAndDidNotSellOutWithUnitsLeftOver() {
        Offer offer = product(100);
        assertEquals(100, offer.remaining().orElseThrow());

        offer.close(NOW);

        assertEquals(0, offer.remaining().orElseThrow());
        assertFalse(offer.soldOut());
    }

    private Problem refusal(Offer offer) {
        return assertThrows(ProblemException.class, () -> offer.open(session, Origin.UNKNOWN, NOW))
                .problem();
    }

    private Offer gift(Instant closesAt) {
        return Offer.ofGift(UUID.randomUUID(), session, "Rocket", 5000, new OfferTerms(PRICE, null, closesAt));
    }

    private Offer product(int allotment) {
        return Offer.ofProduct(UUID.randomUUID(), session, product(), allotment, new OfferTerms(PRICE, null, null));
    }

    private static Product product() {
        return new Product(
                UUID.randomUUID(),
                "seller",
                new Product.Content(
                        null,
                        new Product.Description("Paste", null, null, "610726"),
                        PRICE,
                        new Product.Terms(2000, SettlementProfile.STANDARD)),
                NOW);
    }
}
