package io.livesale.payout;

import io.livesale.payout.PayoutSettings.SettlementPeriod;
import java.time.Duration;

/** How long after delivery a sale is released to its seller and creator. */
public enum SettlementProfile {
    EXPRESS,
    STANDARD,
    EXTENDED;

    public Duration period(SettlementPeriod periods) {
        return switch (this) {
            case EXPRESS -> periods.express();
            case STANDARD -> periods.standard();
            case EXTENDED -> periods.extended();
        };
    }
}
