package io.livesale.payout;

import io.livesale.stack.PackageRules;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
    @Test
    void featuresUseTheRootAndNeverEachOther() {
        PackageRules.check("io.livesale.payout");
    }
}
