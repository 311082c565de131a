package io.livesale.order;

import io.livesale.stack.PackageRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsThePackageRule() {
        PackageRules.check("io.livesale.order");
    }
}
