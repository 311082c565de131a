package io.livesale.payout.settlement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** When settlements begin, and how they go on. */
@ConfigMapping(prefix = "payout.settlement")
interface SettlementSettings {
    /**
     * When one begins by itself: a cron expression with seconds, in {@code payout.zone}, or {@code off}. Once a night,
     * when nobody buys. Read by name in the schedule of {@link SettlementSchedule}.
     */
    @WithDefault("0 0 4 * * ?")
    String cron();

    /** Payees looked at in one transaction: it holds the locks of their balances for a few hundredths of a second. */
    @WithDefault("500")
    @Min(1) @Max(5000) int page();

    /**
     * How often each replica looks for runs to go on with: how late one begins, and how soon another replica takes over
     * from one that died. Read by name in the schedule of {@link SettlementRuns}.
     */
    @WithDefault("PT1S")
    Duration check();
}
