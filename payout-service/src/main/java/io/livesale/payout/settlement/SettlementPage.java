package io.livesale.payout.settlement;

import com.github.f4b6a3.uuid.UuidCreator;
import io.livesale.payout.Money;
import io.livesale.payout.Payout;
import io.livesale.payout.Payout.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** What a settlement makes of some payees: payouts, and how many of them it skips and why. */
record SettlementPage(List<Payout> payouts, int belowMinimum, int accountMissing) {
    /** Names the payouts of settlements among all UUIDs of version 5 (RFC 9562). Never to be changed. */
    private static final UUID NAMESPACE = UUID.fromString("5e771e3e-0a7c-4d4b-9d0e-6f3b1c8a2f10");

    private static final String LARGE = "Payouts of this size are looked at before they are sent.";
    private static final String DOUBTFUL = "An earlier payout is looked at before this one is sent.";

    SettlementPage {
        payouts = List.copyOf(payouts);
    }

    /**
     * Somebody with something available.
     *
     * @param account name of the account it stands in
     */
    record Payee(String account, String userId, Money available) {}

    /**
     * Where a payee is paid.
     *
     * @param accountVersion of their newest account, which is verified
     * @param doubtful of an earlier payout the provider told otherwise than is known: it may be the same money
     */
    record Destination(int accountVersion, boolean doubtful) {}

    /**
     * What decides.
     *
     * @param minimum least that is paid out, in minor units of each currency
     * @param reviewAbove a larger amount waits for an operator
     * @param pause before a payout is sent
     */
    record Terms(long minimum, OptionalLong reviewAbove, Duration pause) {}

    /** @param accounts of each payee whose newest account is verified, by user id */
    static SettlementPage of(
            String settlementId, List<Payee> payees, Map<String, Destination> accounts, Terms terms, Instant now) {
        List<Payout> payouts = new ArrayList<>();
        int belowMinimum = 0;
        int accountMissing = 0;
        for (Payee payee : payees) {
            Destination account = accounts.get(payee.userId());
            if (payee.available().amount() < terms.minimum()) {
                belowMinimum++;
            } else if (account == null) {
                accountMissing++;
            } else {
                payouts.add(payout(settlementId, payee, account, terms, now));
            }
        }
        return new SettlementPage(payouts, belowMinimum, accountMissing);
    }

    /** In minor units of each currency. */
    Map<Currency, Long> totals() {
        Map<Currency, Long> totals = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
        payouts.forEach(payout ->
                totals.merge(payout.amount().currency(), payout.amount().amount(), Math::addExact));
        return totals;
    }

    private static Payout payout(String settlementId, Payee payee, Destination account, Terms terms, Instant now) {
        boolean large = terms.reviewAbove().isPresent()
                && payee.available().amount() > terms.reviewAbove().getAsLong();
        String held = account.doubtful() ? DOUBTFUL : large ? LARGE : null;
        return new Payout(
                payoutId(settlementId, payee),
                settlementId,
                payee.userId(),
                payee.available(),
                account.accountVersion(),
                held == null ? Status.PENDING : Status.HELD,
                held,
                1,
                now,
                held == null ? now.plus(terms.pause()) : null);
    }

    /** One settlement, person and currency make one id: the user id comes last, for it may hold any character. */
    private static UUID payoutId(String settlementId, Payee payee) {
        String name = settlementId + "/" + payee.available().currency() + "/" + payee.userId();
        return UuidCreator.getNameBasedSha1(NAMESPACE, name);
    }
}
