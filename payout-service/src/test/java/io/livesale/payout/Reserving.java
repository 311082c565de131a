package io.livesale.payout;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Of each release a tenth is held back for thirty days; timers take few orders at a time. */
public final class Reserving implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("payout.reserve-basis-points", "1000", "payout.releasing.batch", "7");
    }
}
