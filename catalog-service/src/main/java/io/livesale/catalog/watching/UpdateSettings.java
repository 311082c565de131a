package io.livesale.catalog.watching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How sessions are followed. */
@ConfigMapping(prefix = "catalog.updates")
interface UpdateSettings {
    /**
     * Viewers at once on a replica; each holds a connection and some 10 KB of heap, so that these want 200 MB. Beyond it a
     * viewer asks for the session instead.
     */
    @WithDefault("20000")
    @Min(0) int maxViewers();

    /** The least time between two readings of one session: figures change at every sale, and nobody reads so fast. */
    @WithDefault("PT0.2S")
    @DurationMin(millis = 1)
    Duration pause();

    /**
     * How often every session that is watched is read again without having been told of, in case a notice was lost. Read
     * by name in the schedule of {@link SessionFeeds}.
     */
    @WithDefault("PT5S")
    Duration check();

    /** How long a viewer may take to read what was sent; a phone that changes networks takes a few seconds. */
    @WithDefault("PT10S")
    @DurationMin(seconds = 1)
    Duration patience();

    /** How often a silent stream shows a sign of life; proxies commonly cut what is silent for a minute. */
    @WithDefault("PT15S")
    @DurationMin(seconds = 1)
    Duration heartbeat();

    /** A stream ends after so long, or up to a quarter sooner, and its viewer comes back: new replicas get theirs, too. */
    @WithDefault("PT1H")
    @DurationMin(seconds = 1)
    Duration longestStream();
}
