package io.livesale.order.tracking;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.livesale.order.Market;
import io.livesale.order.OrderServiceTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@OrderServiceTest
class HealthTest {
    @Inject
    Market market;

    @Test
    void aDatabaseThatDoesNotAnswerIsToldButTakesNoReplicaOutOfService() {
        await().untilAsserted(() -> given().get("/q/health/well").then().statusCode(200));

        market.whileNobodyCanSeeHowFarTheLogIsDecided(() -> {
            await().untilAsserted(() ->
                    given().get("/q/health/well").then().statusCode(503).body("checks.name", contains("database")));

            given().get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.name.findAll { it.contains('connections') }", equalTo(List.of()));
            given().get("/q/health/live").then().statusCode(200);
        });

        await().untilAsserted(() -> given().get("/q/health/well").then().statusCode(200));
    }
}
