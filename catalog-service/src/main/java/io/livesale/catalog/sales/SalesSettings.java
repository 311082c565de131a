package io.livesale.catalog.sales;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How figures are applied when something is away. The batch is bounded by the channel's {@code max.poll.records}. */
@ConfigMapping(prefix = "catalog.sales")
interface SalesSettings {
    /** The first pause after a failure; it doubles up to {@link #longestBackOff()}. */
    @WithDefault("PT0.1S")
    Duration firstBackOff();

    /** The longest pause: how late, at most, the consumer notices that the database is back. */
    @WithDefault("PT5S")
    Duration longestBackOff();
}
