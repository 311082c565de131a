package io.livesale.payout.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.livesale.payout.Money;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import io.livesale.payout.settlement.SettlementPage.Destination;
import io.livesale.payout.settlement.SettlementPage.Payee;
import io.livesale.payout.settlement.SettlementPage.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettlementPageTest {
    private static final Currency CNY = Currency.getInstance("CNY");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
    private static final Map<String, Destination> ACCOUNTS = Map.of(
            "a",
            new Destination(1, false),
            "b",
            new Destination(2, false),
            "c",
            new Destination(3, false),
            "d",
            new Destination(4, true));
    private static final Terms TERMS = new Terms(1000, OptionalLong.empty(), Duration.ofSeconds(5));
    private static final Terms REVIEWED = new Terms(1000, OptionalLong.of(5000), Duration.ofSeconds(5));

    @Test
    void paysAllThatIsAvailableFromTheMinimumOn() {
        SettlementPage page = settle(TERMS, payee("a", 999, CNY), payee("b", 1000, CNY), payee("c", 1001, CNY));

        assertEquals(
                List.of(new Money(1000, CNY), new Money(1001, CNY)),
                page.payouts().stream().map(Payout::amount).toList());
        assertEquals(1, page.belowMinimum());
        assertEquals(0, page.accountMissing());
    }

    @Test
    void skipsWhomItCannotPay() {
        SettlementPage page = settle(TERMS, payee("nowhere", 1000, CNY), payee("nowhere", 999, USD));

        assertEquals(List.of(), page.payouts());
        assertEquals(1, page.belowMinimum());
        assertEquals(1, page.accountMissing());
    }

    @Test
    void sendsAfterThePauseToTheAccountOfToday() {
        Payout payout = settle(TERMS, payee("b", 1000, CNY)).payouts().get(0);

        assertEquals(Status.PENDING, payout.status());
        assertEquals(NOW.plusSeconds(5), payout.nextCallAt());
        assertEquals(2, payout.accountVersion());
        assertEquals(1, payout.version());
    }

    @Test
    void holdsWhatIsLargerThanMayGoUnseen() {
        List<Payout> payouts =
                settle(REVIEWED, payee("b", 5000, CNY), payee("c", 5001, CNY)).payouts();

        assertEquals(
                List.of(Status.PENDING, Status.HELD),
                payouts.stream().map(Payout::status).toList());
        assertNull(payouts.get(1).nextCallAt());
        assertEquals(
                "Payouts of this size are looked at before they are sent.",
                payouts.get(1).reason());
    }

    @Test
    void holdsWhatMayHaveBeenPaidAlready() {
        Payout payout = settle(TERMS, payee("d", 1000, CNY)).payouts().get(0);

        assertEquals(Status.HELD, payout.status());
        assertNull(payout.nextCallAt());
        assertEquals("An earlier payout is looked at before this one is sent.", payout.reason());
    }

    @Test
    void addsUpEachCurrency() {
        SettlementPage page = settle(TERMS, payee("a", 1000, CNY), payee("a", 3000, USD), payee("b", 2000, CNY));

        assertEquals(Map.of(CNY, 3000L, USD, 3000L), page.totals());
    }

    @Test
    void namesAPayoutByItsSettlementPersonAndCurrency() {
        UUID id = settle(TERMS, payee("a", 1000, CNY)).payouts().get(0).payoutId();
        UUID repeated = settle(TERMS, payee("a", 7777, CNY)).payouts().get(0).payoutId();
        Set<UUID> others = settle(TERMS, payee("a", 1000, USD), payee("b", 1000, CNY)).payouts().stream()
                .map(Payout::payoutId)
                .collect(Collectors.toSet());
        UUID ofAnotherRun = SettlementPage.of(
                        "s-2", List.of(payee("a", 1000, CNY)), Map.of("a", new Destination(1, false)), TERMS, NOW)
                .payouts()
                .get(0)
                .payoutId();

        assertEquals(id, repeated);
        assertEquals(5, id.version());
        assertEquals(2, others.size());
        assertEquals(false, others.contains(id));
        assertNotEquals(id, ofAnotherRun);
    }

    private static SettlementPage settle(Terms terms, Payee... payees) {
        return SettlementPage.of("s-1", List.of(payees), ACCOUNTS, terms, NOW);
    }

    private static Payee payee(String userId, long available, Currency currency) {
        return new Payee("party:" + userId + ":available", userId, new Money(available, currency));
    }
}
