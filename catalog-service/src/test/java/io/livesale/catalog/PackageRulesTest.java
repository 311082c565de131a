package io.livesale.catalog;

import io.livesale.stack.PackageRules;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
    @Test
    void featuresStandBesideEachOther() {
        PackageRules.check("io.livesale.catalog");
    }
}
