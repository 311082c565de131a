package io.livesale.payout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Currency;

/** What can be set from outside, under {@code payout.*}. A wrong value fails the start. */
@ConfigMapping(prefix = "payout")
public interface PayoutSettings {
    /** The platform's fee where no programme lowers it. DOMAIN.md: 5 %. Sales keep the rate they were made at. */
    @WithDefault("500")
    @Min(0) @Max(10_000) int standardFeeBasisPoints();

    /** The least that is paid out, in minor units of each currency. DOMAIN.md: 10.00, below it transfer costs eat it. */
    @WithDefault("1000")
    @Min(1) long minimum();

    /** What a person without earnings sees zeros in: the currency of the platform's home market. */
    @WithDefault("CNY")
    Currency defaultCurrency();

    /** First pause after the database or the broker failed; short, for most faults are over at once. */
    @WithDefault("PT0.1S")
    Duration firstRetry();

    /** Longest pause between attempts, so that an outage's end is noticed soon. */
    @WithDefault("PT2S")
    Duration longestRetry();
}
