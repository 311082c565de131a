package io.livesale.payout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.Account.Party;
import io.livesale.payout.Account.Stage;
import io.livesale.payout.Payout.Status;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PayoutTest {
    private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(5);
    private static final Money AMOUNT = new Money(4717, Currency.getInstance("CNY"));

    @Test
    void goesFromItsMakingToTheAccount() {
        Payout sent = payout(Status.PENDING).sent(LATER);

        assertEquals(Status.IN_TRANSIT, sent.status());
        assertEquals(2, sent.version());
        assertEquals(LATER, sent.nextCallAt());
        assertEquals(Status.PAID, sent.paid().status());
        assertNull(sent.paid().nextCallAt());
    }

    @Test
    void failsWithAReason() {
        Payout failed = payout(Status.IN_TRANSIT).failed("The account is closed.");

        assertEquals(Status.FAILED, failed.status());
        assertEquals("The account is closed.", failed.reason());
        assertNull(failed.nextCallAt());
    }

    @Test
    void isHeldAndReleasedAndForgetsWhyItWasHeld() {
        Payout held = payout(Status.PENDING).held("Whose is it?");
        Payout released = held.released(LATER);

        assertEquals("Whose is it?", held.reason());
        assertNull(held.nextCallAt());
        assertEquals(Status.PENDING, released.status());
        assertNull(released.reason());
        assertEquals(3, released.version());
        assertTrue(released.isReleased());
        assertFalse(payout(Status.PENDING).isReleased());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PENDING", "HELD"},
            mode = Mode.EXCLUDE)
    void isHeldOnlyBeforeItIsSent(Status status) {
        assertEquals(
                Problem.PAYOUT_NOT_HOLDABLE,
                assertThrows(ProblemException.class, () -> payout(status).held("why"))
                        .problem());
    }

    @ParameterizedTest
    @EnumSource(names = "PENDING", mode = Mode.EXCLUDE)
    void isSentOnlyWhilePending(Status status) {
        Payout payout = payout(status);

        assertThrows(IllegalStateException.class, () -> payout.sent(LATER));
    }

    @ParameterizedTest
    @EnumSource(names = "HELD", mode = Mode.EXCLUDE)
    void isReleasedOrCancelledOnlyWhileItIsHeld(Status status) {
        Payout payout = payout(status);

        assertEquals(
                Problem.PAYOUT_NOT_HELD,
                assertThrows(ProblemException.class, () -> payout.released(LATER))
                        .problem());
        assertEquals(
                Problem.PAYOUT_NOT_HELD,
                assertThrows(ProblemException.class, () -> payout.cancelled("why"))
                        .problem());
    }

    @ParameterizedTest
    @EnumSource(names = "IN_TRANSIT", mode = Mode.EXCLUDE)
    void endsOnlyWhileItIsWithTheProvider(Status status) {
        Payout payout = payout(status);

        assertThrows(IllegalStateException.class, payout::paid);
        assertThrows(IllegalStateException.class, () -> payout.failed("why"));
    }

    @Test
    void movesTheMoneyAsItGoes() {
        Payout payout = payout(Status.PENDING);

        assertMoves(payout.setAside(), ".made", Stage.AVAILABLE, Stage.IN_TRANSIT);
        assertMoves(payout.arrived(NOW), ".paid", Stage.IN_TRANSIT, Stage.PAID);
        assertMoves(payout.returned(NOW), ".returned", Stage.IN_TRANSIT, Stage.AVAILABLE);
    }

    @Test
    void paysSomething() {
        Money nothing = Money.zero(Currency.getInstance("CNY"));

        assertThrows(IllegalArgumentException.class, () -> payout(Status.PAID, nothing, null));
    }

    @Test
    void isDueOnlyWhileThereIsSomethingToCallFor() {
        assertThrows(IllegalArgumentException.class, () -> payout(Status.PENDING, AMOUNT, null));
        assertThrows(IllegalArgumentException.class, () -> payout(Status.HELD, AMOUNT, NOW));
    }

    private static void assertMoves(LedgerTransaction move, String what, Stage from, Stage to) {
        assertEquals(new UUID(0, 1) + what, move.cause());
        assertEquals(new UUID(0, 1), move.payoutId());
        assertEquals(
                List.of(
                        new Posting(new Party("coop", from), AMOUNT.negated()),
                        new Posting(new Party("coop", to), AMOUNT)),
                move.postings());
    }

    private static Payout payout(Status status) {
        boolean due = status == Status.PENDING || status == Status.IN_TRANSIT;
        return payout(status, AMOUNT, due ? NOW : null);
    }

    private static Payout payout(Status status, Money amount, @Nullable Instant nextCallAt) {
        return new Payout(new UUID(0, 1), "s-1", "coop", amount, 1, status, null, 1, NOW, nextCallAt);
    }
}
