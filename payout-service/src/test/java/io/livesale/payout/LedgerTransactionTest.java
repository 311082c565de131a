package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Platform;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.LedgerTransaction.Kind;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTransactionTest {
    private static final Currency CNY = Currency.getInstance("CNY");

    @Test
    void refusesPostingsThatDoNotSumToZero() {
        Posting in = new Posting(Platform.FEES, new Money(5, CNY));
        Posting out = new Posting(Platform.PSP_CLEARING, new Money(-4, CNY));

        assertThrows(IllegalArgumentException.class, () -> transaction(in, out));
    }

    @Test
    void refusesPostingsThatOnlySumToZeroAcrossCurrencies() {
        Posting in = new Posting(Platform.FEES, new Money(5, CNY));
        Posting out = new Posting(Platform.PSP_CLEARING, new Money(-5, Currency.getInstance("JPY")));

        assertThrows(IllegalArgumentException.class, () -> transaction(in, out));
    }

    @Test
    void refusesAPostingOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Posting(Platform.FEES, Money.zero(CNY)));
    }

    @Test
    void saleTakesFromClearingAndOwesEveryone() {
        OrderPaid order = PaidOrders.sale().seller("coop").creator("xiaomei").order();

        LedgerTransaction transaction =
                Sale.of("e.1", order, new FeeSchedule(new Rate(500), List.of())).transaction();

        assertEquals(
                List.of(
                        new Posting(Platform.PSP_CLEARING, new Money(-5970, CNY)),
                        new Posting(new Party("coop", Stage.PENDING), new Money(4478, CNY)),
                        new Posting(new Party("xiaomei", Stage.PENDING), new Money(1194, CNY)),
                        new Posting(Platform.FEES, new Money(298, CNY))),
                transaction.postings());
    }

    @Test
    void belongsToAnOrderOrToAPayout() {
        UUID id = new UUID(0, 1);

        assertThrows(
                IllegalArgumentException.class,
                () -> new LedgerTransaction("e.1", Kind.SALE, null, null, Instant.EPOCH, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LedgerTransaction("e.1", Kind.SALE, id, id, Instant.EPOCH, List.of()));
    }

    @Test
    void accountNamesAreFixed() {
        assertEquals("psp-clearing", Platform.PSP_CLEARING.accountName());
        assertEquals("platform:fees", Platform.FEES.accountName());
        assertEquals("party:coop:in-transit", new Party("coop", Stage.IN_TRANSIT).accountName());
    }

    private static LedgerTransaction transaction(Posting... postings) {
        return LedgerTransaction.ofOrder("e.1", Kind.SALE, new UUID(0, 1), Instant.EPOCH, List.of(postings));
    }
}
