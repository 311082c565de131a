package io.livesale.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the sandbox listens, and what it stands before. */
@ConfigMapping(prefix = "sandbox")
interface SandboxSettings {
    /** 1 to 65535, on all addresses. */
    @WithDefault("8080")
    int port();

    /** How browsers reach it; payers are sent there. */
    @WithDefault("http://localhost:8080")
    String origin();

    /** Where the key that signs tokens stays: tokens outlive a restart, and services need not ask for another key. */
    @WithDefault("/data/sandbox")
    Path data();

    /** Host and port. */
    @WithDefault("catalog-service:80")
    String catalogService();

    /** Host and port. */
    @WithDefault("order-service:80")
    String orderService();

    /** Host and port. */
    @WithDefault("payout-service:80")
    String payoutService();
}
