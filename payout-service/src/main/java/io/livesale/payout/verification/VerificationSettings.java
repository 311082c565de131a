package io.livesale.payout.verification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How often and in which steps the ledger is verified. */
@ConfigMapping(prefix = "payout.verification")
interface VerificationSettings {
    /**
     * How often it is verified by itself. All postings are read for it, and whoever has to look into a difference is no
     * faster than this. Read by name in the schedule of {@link LedgerWatch}.
     */
    @WithDefault("PT1H")
    Duration checkEvery();

    /** Ledger transactions summed by one statement: some 80,000 postings, a few megabytes in the database. */
    @WithDefault("20000")
    @Min(1) @Max(1_000_000) int range();

    /** Balances compared by one statement. */
    @WithDefault("1000")
    @Min(1) @Max(10_000) int accounts();
}
