package io.livesale.payout.paying;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Whoever pays out. */
@ConfigMapping(prefix = "payout.provider")
interface ProviderSettings {
    /** Where the provider's API is. */
    URI url();

    /** A provider slower than this is treated as away; what it was asked for is asked again. */
    @WithDefault("PT5S")
    Duration timeout();

    /** Standard Webhooks secrets ({@code whsec_…}); several at once while one is being rotated out. */
    List<String> webhookSecrets();
}
