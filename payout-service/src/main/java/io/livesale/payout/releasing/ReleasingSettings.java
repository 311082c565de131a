package io.livesale.payout.releasing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What bounds the timers. */
@ConfigMapping(prefix = "payout.releasing")
interface ReleasingSettings {
    /** How often a timer looks for what is due. Nobody waits for it by the second. Read by name in the schedules. */
    @WithDefault("PT5S")
    Duration check();

    /** Orders per transaction: enough to make its commit cheap, few enough to hold their locks for a moment only. */
    @WithDefault("500")
    @Min(1) int batch();
}
