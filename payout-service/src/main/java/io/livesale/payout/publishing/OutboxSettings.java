package io.livesale.payout.publishing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the outbox is emptied. */
@ConfigMapping(prefix = "payout.outbox")
interface OutboxSettings {
    int LARGEST_BATCH = 1000;

    /** Rows sent per round: a settlement's page of payouts, which the broker confirms well within its time-out. */
    @WithDefault("500")
    @Min(1) @Max(LARGEST_BATCH) int batch();

    /**
     * How often the relay looks without being woken: for rows left by a crash, or committed while another replica was
     * relaying. Nobody waits for these as for a sale; the query reads an empty index.
     */
    @WithDefault("PT0.5S")
    Duration poll();

    /** The first pause after a failed round; it doubles up to {@link #longestBackOff()}. */
    @WithDefault("PT0.1S")
    Duration firstBackOff();

    /** The longest pause: how late, at most, the relay notices that the broker is back. */
    @WithDefault("PT5S")
    Duration longestBackOff();

    /** How often the size and age are measured. Read by name in the schedule of {@link OutboxGauges}. */
    @WithDefault("PT5S")
    Duration measureEvery();
}
