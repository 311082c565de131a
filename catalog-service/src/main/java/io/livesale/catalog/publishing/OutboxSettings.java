package io.livesale.catalog.publishing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the outbox is emptied. */
@ConfigMapping(prefix = "catalog.outbox")
interface OutboxSettings {
    /** Rows sent per round. Small enough to be confirmed well within the broker's time-out; the next round follows. */
    @WithDefault("100")
    @Min(1) @Max(500) int batch();

    /**
     * How often the relay looks without being woken: for rows left by a crash, or committed while another replica was
     * relaying. Short, for a viewer waits for them; the query reads an empty index.
     */
    @WithDefault("PT0.2S")
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
