package io.livesale.payout.posting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What bounds the looks for events that were noted and wait. */
@ConfigMapping(prefix = "payout.posting")
interface PostingSettings {
    /** How often. The consumer itself leaves nothing, so this only has to be soon. Read by name by {@link Sweeping}. */
    @WithDefault("PT5S")
    Duration sweep();

    /** Orders per look; the next takes the rest. */
    @WithDefault("500")
    @Min(1) int sweepBatch();
}
