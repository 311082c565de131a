package io.livesale.payout.earnings;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.livesale.stack.StackResource;
import io.livesale.stack.Tokens;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Settlements are not scheduled in tests, unless a test does. */
@QuarkusTest
@QuarkusTestResource(value = StackResource.class, initArgs = @ResourceArg(name = "database", value = "payouts"))
class NextSettlementTest {
    @Inject
    Scheduler scheduler;

    @Test
    void tellsWhenTheNextScheduledSettlementIs() {
        scheduler
                .newJob("settlement")
                .setCron("0 0 4 1 1 ? 2099")
                .setTimeZone("Asia/Shanghai")
                .setTask(execution -> {})
                .schedule();
        try {
            earnings().body("items[0].nextPayout.on", equalTo("2098-12-31T20:00:00Z"));
        } finally {
            scheduler.unscheduleJob("settlement");
        }
    }

    @Test
    void tellsNothingWhereOperatorsMakeThem() {
        earnings().body("items[0].nextPayout.on", nullValue());
    }

    private static ValidatableResponse earnings() {
        return given().auth()
                .oauth2(Tokens.of("somebody", "seller"))
                .get("/earnings/me")
                .then()
                .statusCode(200);
    }
}
