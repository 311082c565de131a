package io.livesale.payout.posting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.livesale.payout.AppliedFee;
import io.livesale.payout.LedgerTransaction;
import io.livesale.payout.Money;
import io.livesale.payout.Posting;
import io.livesale.payout.Rate;
import io.livesale.payout.SaleKind;
import io.livesale.payout.SaleTerms;
import io.livesale.payout.SettlementProfile;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final UUID ORDER = new UUID(0, 1);
    private static final Currency CNY = Currency.getInstance("CNY");
    private static final SaleTerms EXAMPLE = product(2000, 100, 500);

    /** DOMAIN.md's sale of 5970, of which 1990 is given back: what is left is split as if it were all. */
    @Test
    void takesBackFromEachPartByDifferenceOfTotals() {
        Standing sold = standing(EXAMPLE, 5970, false);

        LedgerTransaction reversal = sold.reversal(refund("r1", 1990));

        assertEquals(
                Map.of(
                        "psp-clearing", 1990L,
                        "party:s:pending", -1572L,
                        "party:c:pending", -398L,
                        "platform:fees", -20L),
                sums(List.of(reversal)));
        assertEquals(EXAMPLE.split(cny(3980)), sold.after(refund("r1", 1990)).left());
    }

    @Test
    void takesBackFromWhatIsAvailableOnceReleased() {
        LedgerTransaction reversal = standing(EXAMPLE, 5970, true).reversal(refund("r1", 5970));

        assertEquals(
                Map.of(
                        "psp-clearing", 5970L,
                        "party:s:available", -4717L,
                        "party:c:available", -1194L,
                        "platform:fees", -59L),
                sums(List.of(reversal)));
    }

    @Test
    void refusesMoreThanIsLeft() {
        Standing rest = standing(EXAMPLE, 5970, false).after(refund("r1", 5000));

        assertTrue(rest.refusal(refund("r2", 970)).isEmpty());
        assertTrue(rest.refusal(refund("r2", 971)).isPresent());
    }

    @Test
    void refusesAnotherCurrency() {
        Money dollars = new Money(1, Currency.getInstance("USD"));

        assertTrue(standing(EXAMPLE, 5970, false)
                .refusal(new Refund(ORDER, "r1", "e.1", dollars, Instant.EPOCH))
                .isPresent());
    }

    /** Whatever the rates, capped ones included, and however it is cut: rounding leaves nothing and takes nothing. */
    @Property
    void refundsOfAllTakeBackExactlyWhatTheSalePosted(
            @ForAll @LongRange(min = 1, max = 1_000_000_000) long gross,
            @ForAll @IntRange(max = 10_000) int commission,
            @ForAll @IntRange(max = 10_000) int standard,
            @ForAll @IntRange(max = 10_000) int reduced,
            @ForAll boolean gift,
            @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 1_000_000_000) Long> cuts) {
        SaleTerms terms = gift ? gift(commission) : product(commission, Math.min(reduced, standard), standard);
        Standing standing = standing(terms, gross, false);
        Map<String, Long> taken = new TreeMap<>();
        for (long cut : cuts) {
            Refund refund = refund("r", cut);
            if (standing.refusal(refund).isEmpty()) {
                add(taken, standing.reversal(refund));
                standing = standing.after(refund);
            }
        }
        long rest = standing.left().gross().amount();
        if (rest > 0) {
            add(taken, standing.reversal(refund("last", rest)));
        }

        assertEquals(sums(List.of(standing(terms, gross, false).reversal(refund("all", gross)))), withoutZeros(taken));
    }

    private static Standing standing(SaleTerms terms, long gross, boolean released) {
        Release unknown = new Release(SettlementProfile.STANDARD, null, null, null);
        return new Standing(
                ORDER,
                terms.kind() == SaleKind.GIFT ? null : "s",
                "c",
                terms,
                terms.split(cny(gross)),
                released,
                unknown);
    }

    private static SaleTerms product(int commission, int reduced, int standard) {
        return new SaleTerms(
                SaleKind.PRODUCT, new Rate(commission), new AppliedFee(new Rate(reduced), new Rate(standard), null));
    }

    private static SaleTerms gift(int commission) {
        Rate rest = new Rate(commission).rest();
        return new SaleTerms(SaleKind.GIFT, new Rate(commission), new AppliedFee(rest, rest, null));
    }

    private static Refund refund(String id, long amount) {
        return new Refund(ORDER, id, ORDER + "." + id, cny(amount), Instant.EPOCH);
    }

    private static Map<String, Long> sums(List<LedgerTransaction> transactions) {
        Map<String, Long> sums = new TreeMap<>();
        transactions.forEach(transaction -> add(sums, transaction));
        return sums;
    }

    private static void add(Map<String, Long> sums, LedgerTransaction transaction) {
        for (Posting posting : transaction.postings()) {
            sums.merge(posting.account().accountName(), posting.money().amount(), Long::sum);
        }
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> sums) {
        Map<String, Long> rest = new TreeMap<>(sums);
        rest.values().removeIf(sum -> sum == 0);
        return rest;
    }

    private static Money cny(long amount) {
        return new Money(amount, CNY);
    }
}
