package io.livesale.payout.accounts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How payout accounts are verified and kept. */
@ConfigMapping(prefix = "payout.accounts")
interface AccountSettings {
    /**
     * How often accounts are looked for that the provider has to be asked about again. Read by name in the schedule of
     * {@link AccountVerification}.
     */
    @WithDefault("PT5S")
    Duration check();

    /** Pause after a first question without an answer, doubled after each; longer than an answer takes. */
    @WithDefault("PT15S")
    @DurationMin(millis = 100)
    Duration firstRetry();

    /** Longest pause between questions, so that a provider's return is noticed within the hour. */
    @WithDefault("PT1H")
    @DurationMin(millis = 100)
    Duration longestRetry();

    /** How often numbers are looked for that an older key sealed. Read by name in the schedule of {@link KeyChange}. */
    @WithDefault("PT1H")
    Duration keyCheck();

    /**
     * Changes of one payee within {@link #changesWithin()}, the first account among them: enough for whoever mistypes a
     * number again and again, too few for whoever tries numbers to learn which of them exist.
     */
    @WithDefault("10")
    @Min(1) @Max(1000) int mostChanges();

    /** A day: nobody moves to another bank twice in one. */
    @WithDefault("P1D")
    @DurationMin(seconds = 1)
    Duration changesWithin();

    /** Accounts asked about at once, and sealed anew in one transaction. */
    @WithDefault("32")
    @Min(1) @Max(500) int page();
}
