package io.livesale.payout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;
import org.hibernate.validator.constraints.time.DurationMin;

/** What can be set from outside, under {@code payout.*}. A wrong value fails the start. */
@ConfigMapping(prefix = "payout")
public interface PayoutSettings {
    /** The platform's fee where no programme lowers it. DOMAIN.md: 5 %. Sales keep the rate they were made at. */
    @WithDefault("500")
    @Min(0) @Max(10_000) int standardFeeBasisPoints();

    /**
     * Whether settlements go on and payouts are sent. Not while it is unclear what was paid: after a restore, or
     * when the ledger does not hold.
     */
    @WithDefault("true")
    boolean paying();

    /** The least that is paid out, in minor units of each currency. DOMAIN.md: 10.00, below it transfer costs eat it. */
    @WithDefault("1000")
    @Min(1) long minimum();

    /**
     * A payout above this waits for an operator, in minor units of each currency. Off unless set: whoever sets it has
     * somebody to look.
     */
    OptionalLong reviewAbove();

    /**
     * What account numbers are sealed with: {@code id:base64} of 32 bytes. The first seals, all of them open; to change
     * keys, put the new one first and keep the old one until nothing is sealed with it.
     */
    List<String> accountKeys();

    /** Where days begin and settlements are planned: the platform's home market. */
    @WithDefault("Asia/Shanghai")
    ZoneId zone();

    /** What a person without earnings sees zeros in: the currency of the platform's home market. */
    @WithDefault("CNY")
    Currency defaultCurrency();

    /** When money is released, by the seller's profile: this long after delivery, or after a gift's completion. */
    SettlementPeriod settlementPeriod();

    /** How long the platform waits for trouble with an order before its money is free: DOMAIN.md's 3, 7, 15 days. */
    interface SettlementPeriod {
        @WithDefault("P3D")
        @DurationMin
        Duration express();

        @WithDefault("P7D")
        @DurationMin
        Duration standard();

        @WithDefault("P15D")
        @DurationMin
        Duration extended();
    }

    /** The share of each release that is held back. None unless the operator wants one: DOMAIN.md. */
    @WithDefault("0")
    @Min(0) @Max(10_000) int reserveBasisPoints();

    /** How long it is held back: most refunds that come late come within a month. */
    @WithDefault("P30D")
    @DurationMin
    Duration reserveTime();

    Sending sending();

    /** How payouts reach the provider. */
    interface Sending {
        /** How long a new or released payout waits, so that an operator who sees a mistake can still hold it. */
        @WithDefault("PT5S")
        Duration pause();

        /** How often those that are due are looked for. Read by name in the schedule. */
        @WithDefault("PT1S")
        Duration check();

        /** Payouts sent at once: as many calls as the provider is troubled with, and as many rows in a transaction. */
        @WithDefault("32")
        @Min(1) @Max(500) int page();

        /** Pause after a first call without an answer, doubled after each; longer than a call takes. */
        @WithDefault("PT15S")
        @DurationMin(millis = 100)
        Duration firstRetry();

        /** Longest pause between calls, so that a provider's return is noticed within the hour. */
        @WithDefault("PT1H")
        @DurationMin(millis = 100)
        Duration longestRetry();

        /** When the provider is asked again for one it has taken: its webhook may have been lost. */
        @WithDefault("PT1H")
        @DurationMin(millis = 100)
        Duration askAgain();
    }

    /** First pause after the database or the broker failed; short, for most faults are over at once. */
    @WithDefault("PT0.1S")
    Duration firstRetry();

    /** Longest pause between attempts, so that an outage's end is noticed soon. */
    @WithDefault("PT2S")
    Duration longestRetry();
}
