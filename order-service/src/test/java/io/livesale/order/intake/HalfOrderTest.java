package io.livesale.order.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.livesale.order.OrderServiceTest;
import io.livesale.order.UnfinishedOrder;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OrderServiceTest
@TestProfile(HalfOrderTest.Impatient.class)
class HalfOrderTest {
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("order.intake.longest-body", "PT1S");
        }
    }

    @Test
    void cutsOffWhoDoesNotSendAWholeOrder() {
        try (UnfinishedOrder never = UnfinishedOrder.begin("lin", 10)) {
            assertEquals("", never.read());
        }
    }
}
